//! Settings of the office itself (设置), beside those that rulebooks declare. Every value shows where it comes from.

use serde::{Deserialize, Serialize};

/// A setting that no rulebook declares.
#[derive(Clone, Copy, Debug)]
pub struct OfficeSetting {
    /// Name, unique also among the rulebooks' settings.
    pub name: &'static str,
    /// Default as written.
    pub default: &'static str,
    /// `span` `time` `number` `text` `choice` `flag`, as rulebook settings.
    pub unit: &'static str,
    /// Choices.
    pub choices: &'static [&'static str],
    /// What it does.
    pub does: &'static str,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Provenance {
    /// The declared default.
    Default,
    /// Set by an account at a moment (µs).
    Set {
        /// Account.
        by: String,
        /// When.
        at: i64,
    },
}

/// The office's own settings.
pub const OFFICE_SETTINGS: &[OfficeSetting] = &[
    OfficeSetting { name: "公司名称", default: "", unit: "text", choices: &[], does: "印在单据抬头" },
    OfficeSetting {
        name: "小区名称", default: "", unit: "text", choices: &[], does: "印在单据抬头和页面左上角"
    },
    OfficeSetting {
        name: "服务对象称呼",
        default: "业主",
        unit: "choice",
        choices: &["业主", "业户", "住户", "客户", "用户", super::AS_WRITTEN],
        does: "页面和打印中怎样称呼服务对象；“照原文”就各按单据和规程原来的写法",
    },
    OfficeSetting {
        name: "办公室称呼",
        default: "管理处",
        unit: "choice",
        choices: &["管理处", "服务中心", "物业中心"],
        does: "页面和打印中怎样称呼办公室",
    },
    OfficeSetting {
        name: "提出扣款",
        default: "否",
        unit: "flag",
        choices: &[],
        does: "选“是”才可以按规程提出扣款建议，由人批准，系统从不自动扣；选“否”的只记考评",
    },
    OfficeSetting {
        name: "公布的服务电话",
        default: "",
        unit: "text",
        choices: &[],
        does: "对外公布的号码，印在答复函上；公司的投诉电话另写，用分号隔开",
    },
    OfficeSetting {
        name: "服务电话公布处",
        default: "",
        unit: "text",
        choices: &[],
        does: "号码公布在哪里、哪天公布的，例如：各单元门口，2026-01-05",
    },
    OfficeSetting {
        name: "服务时间",
        default: "08:30-17:30",
        unit: "text",
        choices: &[],
        does: "按服务时间计算的条款和对外公布",
    },
    OfficeSetting {
        name: "班次",
        default: "白班 08:00-20:00；夜班 20:00-08:00；行政班 08:30-17:30",
        unit: "text",
        choices: &[],
        does: "排班时可选的班次，用分号隔开；结束早于开始就是过夜",
    },
    OfficeSetting {
        name: "住户链接有效",
        default: "30 天",
        unit: "span",
        choices: &[],
        does: "给报修住户的链接从生成起多久以后打不开",
    },
    OfficeSetting {
        name: crate::survey::EACH_MONTH,
        default: "20",
        unit: "number",
        choices: &[],
        does: "每月抽多少户问对管理的满意；采用的规程另有最少户数的，以规程为准",
    },
    OfficeSetting {
        name: crate::survey::MARKS,
        default: "100；75；50；25；0",
        unit: "text",
        choices: &[],
        does: "住户满意回访五档（很满意、满意、基本满意、不满意、很不满意）各记几分，用分号隔开；满意度按得分占满分的比例算",
    },
    OfficeSetting {
        name: crate::survey::round::RATE_TARGET,
        default: "96",
        unit: "number",
        choices: &[],
        does: "满意调查的满意率要到百分之几；满意率看满意的占答了的多少",
    },
    OfficeSetting {
        name: crate::survey::round::SCORE_TARGET,
        default: "75",
        unit: "number",
        choices: &[],
        does: "满意调查的满意度要到百分之几；满意度看得分占满分多少，和满意率分开看",
    },
    OfficeSetting {
        name: crate::survey::round::OPEN_FOR,
        default: "14 天",
        unit: "span",
        choices: &[],
        does: "一轮满意调查开放多久，新开一轮时先填上；过了链接就打不开",
    },
    OfficeSetting {
        name: crate::survey::round::ANONYMOUS,
        default: "否",
        unit: "flag",
        choices: &[],
        does: "选“是”的，新开的满意调查不让员工看到哪一户怎么答，只看得到楼栋",
    },
    OfficeSetting {
        name: crate::survey::questions::OWN,
        default: "",
        unit: "text",
        choices: &[],
        does: "满意调查里本站点自己加的题；每题写“题目：五档、是否或填写：问的哪项服务”，题与题用分号",
    },
    OfficeSetting {
        name: crate::survey::questions::OFF,
        default: "",
        unit: "text",
        choices: &[],
        does: "满意调查里停用的题，写题目的编号，用分号隔开；在调查题目页上点停用就会写在这里",
    },
    OfficeSetting {
        name: "自动抽取回访",
        default: "是",
        unit: "flag",
        choices: &[],
        does: "每周一和每月一日由时钟抽取各条还差的回访；写“否”时只在有人按下抽取时抽",
    },
    OfficeSetting {
        name: "回访时段",
        default: "09:00-12:00；14:00-18:00",
        unit: "text",
        choices: &[],
        does: "抽中的回访排在每天的哪些时段，用分号隔开；条款另有规定的照条款",
    },
    OfficeSetting {
        name: "同一户两次回访至少相隔",
        default: "7 天",
        unit: "span",
        choices: &[],
        does: "这段时间里问过的住户排在最后抽；比率不够时照样抽",
    },
    OfficeSetting {
        name: "回访几次未果换下一件",
        default: "3",
        unit: "number",
        choices: &[],
        does: "抽中的回访几次没有联系上，由次序里的下一件顶上；要求 100% 的不顶",
    },
    OfficeSetting {
        name: "补录须写原因",
        default: "10 分钟",
        unit: "span",
        choices: &[],
        does: "录入晚于发生超过此时长，须写原因",
    },
    OfficeSetting {
        name: "补录须主管批准",
        default: "24 小时",
        unit: "span",
        choices: &[],
        does: "录入晚于发生超过此时长，须主管批准",
    },
    OfficeSetting {
        name: "临期提前",
        default: "30 分钟",
        unit: "span",
        choices: &[],
        does: "离时限还剩多少时显示临期",
    },
    OfficeSetting {
        name: "重复问题的件数",
        default: "3",
        unit: "number",
        choices: &[],
        does: "同一地点、同一户或同一类投诉在期间之内达到多少件，列为重复问题",
    },
    OfficeSetting {
        name: "重复问题的期间",
        default: "90 天",
        unit: "span",
        choices: &[],
        does: "往回看多久，找重复出现的问题",
    },
    OfficeSetting {
        name: "派单铃声",
        default: "是",
        unit: "flag",
        choices: &[],
        does: "新单在前台和调度响铃，直到有人确认",
    },
    OfficeSetting {
        name: "群机器人地址",
        default: "",
        unit: "text",
        choices: &[],
        does: "新单发到工作群；企业微信、钉钉、飞书的机器人地址",
    },
    OfficeSetting {
        name: "公共部位",
        default: "电梯、楼道灯、大堂、水泵房、配电房、消防设施、门禁、外墙、楼顶、地下车库、小区道路、绿化",
        unit: "text",
        choices: &[],
        does: "没有房号的来人可选的公共部位和共用设施，用顿号隔开",
    },
    OfficeSetting {
        name: "电话区号",
        default: "",
        unit: "text",
        choices: &[],
        does: "来电没有区号的固定电话按它认，例如 020",
    },
    OfficeSetting {
        name: "电话系统口令",
        default: "",
        unit: "text",
        choices: &[],
        does: "电话系统来讯的地址里写它；留空就不接",
    },
    OfficeSetting {
        name: super::checklist::TOOLS,
        default: "水龙头、漏水、滴水、马桶、地漏、疏通、水管：管钳、生料带、阀芯、疏通器；\
                  跳闸、插座、灯、电、对讲：试电笔、绝缘胶布、灯泡、空气开关；门、锁、窗、五金：螺丝刀、锁芯、合页、玻璃胶；\
                  墙、地、砖、顶：水泥、瓷砖胶、腻子；：工具包、鞋套、垫布",
        unit: "text",
        choices: &[],
        does: "维修员上门前核对的工具备件；每组写“故障的词：要带的东西”，组与组用分号，没有词的每次都带",
    },
    OfficeSetting {
        name: crate::suggest::TRADES,
        default: "水龙头、漏水、滴水、马桶、地漏、疏通、水管、下水、水箱：水；跳闸、插座、灯、没电、停电、对讲、排气扇：电；\
                  门、锁、窗、五金：门窗；墙、地砖、瓷砖、顶棚：土建",
        unit: "text",
        choices: &[],
        does: "派单建议按报修的词认工种；每组写“故障的词：工种”，组与组用分号，工种写得同员工账号上一样",
    },
    OfficeSetting {
        name: super::checklist::DOOR,
        default: "出示工牌说明来意；穿鞋套铺垫布；先讲收费再动手；做完请业户试用；清理现场带走垃圾",
        unit: "text",
        choices: &[],
        does: "服务细化方案里上门要逐项做的，用分号隔开；在维修员手机和服务工作单上逐项打勾",
    },
    OfficeSetting {
        name: super::checklist::MAIL_DOOR,
        default: "轻轻敲门；门开了先说明来意；请进了才进；签收后说再见；离开时轻轻关门；照《员工行为规范》着装说话",
        unit: "text",
        choices: &[],
        does: "送报刊、邮件上门逐项要做的，用分号隔开；列在派发班次和每一件的页面上",
    },
    OfficeSetting {
        name: super::checklist::CLEARED,
        default: "工具材料收走；垃圾带走；地面擦净",
        unit: "text",
        choices: &[],
        does: "修完收拾现场的勾选项，用分号隔开",
    },
    OfficeSetting {
        name: crate::warranty::TERMS,
        default: "屋面、外墙、卫生间防水：5 年：漏雨、渗水、渗漏、返潮、防水；供热：2 期 11-15 至 03-15：暖气、地暖、采暖；\
                  供冷：2 期 06-01 至 09-30：中央空调、供冷；给排水管道：2 年：龙头、漏水、滴水、马桶、地漏、下水、水管；\
                  电气管线：2 年：跳闸、插座、开关、没电、灯；设备安装：2 年：对讲、门禁、热水器、油烟机；\
                  主体结构：设计年限：承重、沉降、梁、楼板、结构；装修：2 年：地砖、瓷砖、墙砖、空鼓、起泡、脱皮、门、窗、锁、五金",
        unit: "text",
        choices: &[],
        does: "从交付日期起算；每组写“部位：期限：故障的词”，组与组用分号。默认照《建设工程质量管理条例》第四十条的最低期限，\
               按本项目的质量保证书改；改了以后，新报修照新的算",
    },
    OfficeSetting {
        name: "返修责任单位",
        default: "",
        unit: "text",
        choices: &[],
        does: "开返修单时先填上的开发商或施工单位；联系方式写在后面，用分号隔开",
    },
    OfficeSetting {
        name: "返修单催办间隔",
        default: "7 天",
        unit: "span",
        choices: &[],
        does: "返修单没有修完时，多久催一次责任单位；到时间列在工作台",
    },
    OfficeSetting {
        name: "返修单告知住户间隔",
        default: "7 天",
        unit: "span",
        choices: &[],
        does: "返修单没有复验合格时，多久给住户回一次话",
    },
    OfficeSetting {
        name: "返修后复验期限",
        default: "3 天",
        unit: "span",
        choices: &[],
        does: "责任单位修完以后，多久之内请住户一起复验",
    },
    OfficeSetting {
        name: "上门时长",
        default: "45 分钟",
        unit: "span",
        choices: &[],
        does: "一次预约上门在手机日历里占多久",
    },
    OfficeSetting {
        name: crate::statistics_report::BEGINS,
        default: "周报；月报；季报",
        unit: "text",
        choices: &[],
        does: "哪些统计报告由时钟起草：周报每周一，月报每月一日，季报在季末三天前；写“无”就都由人起草",
    },
    OfficeSetting {
        name: crate::statistics_report::ARCHIVE_BY,
        default: "10 天",
        unit: "span",
        choices: &[],
        does: "统计报告在所属期间结束以后多久之内归档；条款另有规定的，以先到的为准",
    },
    OfficeSetting {
        name: crate::statistics_report::KEEP_YEARS,
        default: "2",
        unit: "number",
        choices: &[],
        does: "归档的统计报告保管几年；满了列在报表的报告栏，由人提出销毁，系统从不自行销毁",
    },
    OfficeSetting {
        name: crate::statistics_report::SENDING,
        default: "",
        unit: "text",
        choices: &[],
        does: "到时发出上一期的数字，例如：周报 周一 08:30：群机器人；月报 1 日 09:00：a@example.org、群机器人。\
               邮件附 Excel；机器人用设置里的群机器人地址",
    },
    OfficeSetting {
        name: crate::meeting::RECURRING,
        default: "",
        unit: "text",
        choices: &[],
        does: "定期开的会，提前两天自动召集并列出应到的人，例如：周五例会 周五 09:00：主要负责人；安全例会 1 日 15:00：主管以上人员。\
               遇法定节假日不开，不补；留空则由人召集",
    },
    OfficeSetting {
        name: crate::meeting::GRACE,
        default: "0 分钟",
        unit: "span",
        choices: &[],
        does: "开会以后多久之内到的不算迟到；开会那一分钟里到的都算准时",
    },
    OfficeSetting {
        name: crate::asked::DAYS,
        default: "3",
        unit: "number",
        choices: &[],
        does: "文件、制度、通知请人签字以后，几天还没签的在各人的待办里标成超过，列在会议与文件的催签名单里",
    },
    OfficeSetting {
        name: "供方评价间隔",
        default: "365 天",
        unit: "span",
        choices: &[],
        does: "供方登记或上次评价以后，多久再评价一次",
    },
    OfficeSetting {
        name: "供方证照提前提醒",
        default: "30 天",
        unit: "span",
        choices: &[],
        does: "供方证照到期以前多久提醒换证",
    },
    OfficeSetting {
        name: "打印纸",
        default: "A4",
        unit: "choice",
        choices: &["A4", "A5", "241×279.4", "241×139.7", "241×93.1"],
        does: "维修单和联系单用什么纸；压感纸只印一次",
    },
    OfficeSetting {
        name: "套打",
        default: "否",
        unit: "flag",
        choices: &[],
        does: "表格线和标签已预先印在纸上，只打内容",
    },
];
