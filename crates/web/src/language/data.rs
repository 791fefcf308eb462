//! English of data (数据的英文): the vocabulary of the rulebooks, learnt once when the pages are put together, and the words
//! of the office's own types, which stand in the catalogue.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use journal::Laws;

use super::ENGLISH;
#[cfg(test)]
use super::zh;

static LEARNT: OnceLock<HashMap<String, String>> = OnceLock::new();

/// Learns the words of a vocabulary and the names of the rulebooks. The first ones are kept: a program speaks by one vocabulary as
/// long as it runs.
pub fn learn(laws: &Laws) {
    super::address::learn(&laws.vocabulary);
    LEARNT.get_or_init(|| known(laws));
}

/// English of the vocabulary, of names of rulebooks, and of titles of registers and acts.
fn known(laws: &Laws) -> HashMap<String, String> {
    let words = &laws.vocabulary;
    let mut known = HashMap::new();
    let mut add = |chinese: &str, english: &str| {
        if !english.is_empty() {
            known.entry(chinese.to_owned()).or_insert_with(|| begun(english));
        }
    };
    words.posts.iter().for_each(|it| add(&it.zh, &it.en));
    words.facts.iter().for_each(|it| add(&it.zh, &it.en));
    words.attributes.iter().for_each(|it| add(&it.zh, &it.en));
    words.forms.iter().for_each(|it| add(&it.zh, &it.en));
    words.subjects.iter().for_each(|it| add(&it.zh, &it.en));
    words.capabilities.iter().for_each(|it| add(&it.zh, &it.en));
    laws.shipped.values().for_each(|it| add(&it.book.name, &it.book.name_en));
    office::register::all().iter().for_each(|it| add(&it.title, &it.title_en));
    for act in office::act::catalogue() {
        if let Some(at) = words.fact_of_id(act.id) {
            add(act.title, &words.facts[at].en);
        }
    }
    for (chinese, id) in words.attributes.iter().flat_map(|it| it.values()) {
        add(chinese, &id.replace('_', " "));
    }
    known
}

/// The English of words; of several behind one another each by itself.
pub fn in_english(chinese: &str) -> Cow<'_, str> {
    let one = |words: &str| -> Option<&'static str> {
        ENGLISH.get(words).copied().or_else(|| LEARNT.get()?.get(words).map(String::as_str))
    };
    if let Some(english) = one(chinese) {
        return Cow::Borrowed(english);
    }
    if !chinese.contains('、') {
        return Cow::Borrowed(chinese);
    }
    let parts: Option<Vec<&str>> = chinese.split('、').map(one).collect();
    parts.map_or(Cow::Borrowed(chinese), |parts| Cow::Owned(parts.join(", ")))
}

/// Words as they begin a line.
fn begun(words: &str) -> String {
    let mut signs = words.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}

/// The words of the office's own types: kinds and states of a matter, who lives there, the clears of the desk, gaps.
#[cfg(test)]
const OFFICE: [&str; 147] = [
    zh("会议"),
    zh("到会"),
    zh("会议任务"),
    zh("文件传阅"),
    zh("内部制度"),
    zh("上下行通知"),
    zh("收费账户"),
    zh("费用通知单"),
    zh("库存现金"),
    zh("银行存款"),
    zh("其他货币资金"),
    zh("应收账款"),
    zh("预收账款"),
    zh("其他应付款"),
    zh("主营业务收入"),
    zh("营业外收入"),
    zh("管理费标准"),
    zh("装修工程文件"),
    zh("资料补充"),
    zh("紧急事故联络人"),
    zh("自住"),
    zh("出租"),
    zh("空置"),
    zh("住宅"),
    zh("商铺"),
    zh("违规与欠费"),
    zh("投诉记录"),
    zh("收发"),
    zh("收发登记"),
    zh("已送达"),
    zh("已退回"),
    zh("已转寄"),
    zh("遗失"),
    zh("留存待领"),
    zh("投递未遇"),
    zh("派送中"),
    zh("已分拣"),
    zh("存放待交"),
    zh("收件存疑"),
    zh("已收件"),
    zh("轻轻敲门"),
    zh("门开了先说明来意"),
    zh("请进了才进"),
    zh("签收后说再见"),
    zh("离开时轻轻关门"),
    zh("照《员工行为规范》着装说话"),
    zh("报修"),
    zh("投诉"),
    zh("服务"),
    zh("求助"),
    zh("急救"),
    zh("报警"),
    zh("咨询"),
    zh("建议"),
    zh("表扬"),
    zh("已登记"),
    zh("处理中"),
    zh("待回访"),
    zh("已结案"),
    zh("已归档"),
    zh("已撤销"),
    zh("受理归类"),
    zh("转办"),
    zh("处理"),
    zh("上报批示"),
    zh("不合格处理单"),
    zh("答复业主"),
    zh("总结预防"),
    zh("首问转办"),
    zh("突发事件"),
    zh("批量事件"),
    zh("服务卡"),
    zh("备用空白单"),
    zh("书面答复"),
    zh("派修"),
    zh("送单"),
    zh("有偿服务单"),
    zh("约时间"),
    zh("上门维修"),
    zh("不能维修"),
    zh("拒修处理"),
    zh("单据返回"),
    zh("服务工作单"),
    zh("办结服务"),
    zh("保修与返修"),
    zh("供方"),
    zh("特约服务"),
    zh("已经除名"),
    zh("评价为不合格"),
    zh("还没有评价"),
    zh("证照已经过期"),
    zh("材料"),
    zh("回访"),
    zh("共性问题"),
    zh("投诉分析报告"),
    zh("统计与评审"),
    zh("统计报告"),
    zh("走访与满意"),
    zh("窗口"),
    zh("交接班"),
    zh("A/B 岗"),
    zh("中控室"),
    zh("工作单"),
    zh("工作单本"),
    zh("违规与扣款"),
    zh("违纪与追究"),
    zh("考评"),
    zh("规定释疑"),
    zh("到期销毁"),
    zh("客户档案"),
    zh("迁入迁出"),
    zh("客户登记表"),
    zh("装修与放行"),
    zh("收发文件"),
    zh("客户需求"),
    zh("档案"),
    zh("通用"),
    zh("业主"),
    zh("租户"),
    zh("紧急联系人"),
    zh("住户"),
    zh("公司"),
    zh("家庭成员"),
    zh("员工"),
    zh("听清"),
    zh("问清"),
    zh("记清"),
    zh("复清"),
    zh("来人姓名"),
    zh("复述"),
    zh("响铃中"),
    zh("进行中"),
    zh("未接"),
    zh("已回拨"),
    zh("当场答复"),
    zh("作废"),
    zh("您好"),
    zh("请"),
    zh("谢谢"),
    zh("对不起"),
    zh("再见"),
    zh("便民电话"),
    zh("收费"),
    zh("装修"),
    zh("停车"),
    zh("证件与放行"),
    zh("社区生活"),
];

/// The names of the settings: the office's, its phrases', those of the rulebooks.
#[cfg(test)]
const SETTINGS: [&str; 107] = [
    zh("服务对象称呼"),
    zh("办公室称呼"),
    zh("服务电话公布处"),
    zh("服务时间"),
    zh("住户链接有效"),
    zh("每月问满意的户数"),
    zh("满意度各档得分"),
    zh("满意率目标"),
    zh("满意度目标"),
    zh("满意调查开放"),
    zh("满意调查不记名"),
    zh("自己的调查题"),
    zh("不问的调查题"),
    zh("自动抽取回访"),
    zh("回访时段"),
    zh("同一户两次回访至少相隔"),
    zh("回访几次未果换下一件"),
    zh("补录须写原因"),
    zh("补录须主管批准"),
    zh("临期提前"),
    zh("重复问题的件数"),
    zh("重复问题的期间"),
    zh("派单铃声"),
    zh("群机器人地址"),
    zh("电话区号"),
    zh("电话系统口令"),
    zh("工具备件清单"),
    zh("工种的词"),
    zh("上门服务项目"),
    zh("送报上门礼仪"),
    zh("各部位保修期"),
    zh("返修责任单位"),
    zh("返修单催办间隔"),
    zh("返修单告知住户间隔"),
    zh("返修后复验期限"),
    zh("上门时长"),
    zh("自动起草统计报告"),
    zh("统计报告归档期限"),
    zh("统计报告保管年数"),
    zh("报表定时发送"),
    zh("签阅提醒天数"),
    zh("定期会议"),
    zh("会议迟到宽限"),
    zh("供方评价间隔"),
    zh("供方证照提前提醒"),
    zh("打印纸"),
    zh("套打"),
    zh("立即的软提醒"),
    zh("及时的软提醒"),
    zh("签发联系单的软提醒"),
    zh("三类投诉处理期限"),
    zh("投诉分析总结的期限"),
    zh("遇休息日顺延"),
    zh("重复报修的间隔"),
    zh("开始填单的软提醒"),
    zh("通知工程部起算"),
    zh("安排维修员的软提醒"),
    zh("提前到场的提示"),
    zh("评审时限含答复"),
    zh("拒修说明的软提醒"),
    zh("拒修单交回时刻"),
    zh("质量不佳也说明后果"),
    zh("主管确认返单的软提醒"),
    zh("交前台返单的软提醒"),
    zh("交财务含截止当日"),
    zh("紧急公共故障的通知时限"),
    zh("紧急公共故障的到场时限"),
    zh("回访计划期限"),
    zh("月度统计期限"),
    zh("回访天数"),
    zh("特约服务期满回访"),
    zh("其他服务回访率"),
    zh("报刊派发日历"),
    zh("周一交接派发时刻"),
    zh("周末快件派送时限"),
    zh("用语：问候"),
    zh("用语：问候（英文）"),
    zh("用语：问地点"),
    zh("用语：问地点（英文）"),
    zh("用语：听情况"),
    zh("用语：听情况（英文）"),
    zh("用语：问称呼"),
    zh("用语：问称呼（英文）"),
    zh("用语：留电话"),
    zh("用语：留电话（英文）"),
    zh("用语：复述"),
    zh("用语：复述（英文）"),
    zh("用语：约时间"),
    zh("用语：约时间（英文）"),
    zh("用语：道谢"),
    zh("用语：道谢（英文）"),
    zh("用语：道歉"),
    zh("用语：道歉（英文）"),
    zh("用语：安抚"),
    zh("用语：安抚（英文）"),
    zh("用语：办不到"),
    zh("用语：办不到（英文）"),
    zh("用语：业户不修"),
    zh("用语：业户不修（英文）"),
    zh("用语：投诉"),
    zh("用语：投诉（英文）"),
    zh("用语：请坐"),
    zh("用语：请坐（英文）"),
    zh("用语：答复函"),
    zh("用语：答复函（英文）"),
    zh("用语：结束"),
    zh("用语：结束（英文）"),
];

#[cfg(test)]
mod tests {
    use office::case::{CaseKind, CaseState};
    use office::household::Tenure;

    use super::*;

    #[test]
    fn a_rulebook_is_known_by_its_english_name() {
        let known = known(&crate::testing::laws(&["followup-9"]));
        assert_eq!(known.get("回访管理作业规程（九）").map(String::as_str), Some("Follow-up management procedure (9)"));
    }

    #[test]
    fn the_offices_own_words_have_english() {
        learn(&crate::testing::laws(&[]));
        let kinds = CaseKind::ALL.map(CaseKind::title);
        use CaseState::{AwaitingFollowUp, Closed, Filed, Registered, Withdrawn, Working};
        let states = [Registered, Working, AwaitingFollowUp, Closed, Filed, Withdrawn].map(CaseState::title);
        let contacts = office::contact::ContactState::ALL.map(office::contact::ContactState::title);
        let courteous = office::contact::TEN_CHARACTERS.map(|(_, words)| words);
        let offered = contacts.iter().chain(&courteous).chain(office::answer::CATEGORIES);
        let tenures = Tenure::ALL.map(Tenure::title);
        let stages: Vec<&str> = office::act::stages().map(|stage| stage.title).collect();
        for word in kinds.iter().chain(&states).chain(&tenures).chain(&stages).chain(offered) {
            assert!(OFFICE.contains(word), "{word} is not marked for the catalogue");
            assert_ne!(in_english(word), *word, "{word} has no English");
        }
        for category in office::dossier::CATEGORIES {
            assert_ne!(in_english(category.title), category.title, "the category {} has no English", category.title);
        }
        let named = office::site::office_settings().iter().map(|it| it.name);
        for word in named.chain(SETTINGS) {
            assert_ne!(in_english(word), word, "the setting {word} has no English");
        }
        assert_eq!(in_english("报修、投诉"), "Repair, Complaint");
        assert_eq!(in_english("没有这个词"), "没有这个词");
    }
}
