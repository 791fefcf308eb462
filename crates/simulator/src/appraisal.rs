//! The year's appraisal and discipline (考评): who was listed, how far each file is, and what was found and settled.

use calendar::{Moment, Zone};
use jiff::Span;
use office::case::{ActOnCase, OpenRecord};

use crate::chance::Chance;
use crate::staff;
use crate::tale::Tale;

/// Who was listed, and how many steps of the file are done: report, two ratings, evaluation, grade, reward, filing.
const FILES: [(&str, usize); 8] = [
    ("desk1", 7),
    ("desk2", 5),
    ("reception", 4),
    ("repair1", 3),
    ("repair2", 2),
    ("repair3", 1),
    ("repair4", 0),
    ("area1", 1),
];

/// Everything of the kind.
pub fn tales(zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    let begin = |name: &str, days: i64| {
        let date = zone.date(now).saturating_sub(Span::new().days(days));
        let mut tale = Tale::begin(name, zone.moment(date.at(9, 30, 0, 0)), zone, Chance::of(seed, name));
        tale.office();
        tale
    };
    let mut tales: Vec<Tale> =
        FILES.iter().map(|(who, steps)| file(begin(&format!("appraisal-{who}"), 12), who, *steps)).collect();
    tales.push(settled(begin("breach-1", 20)));
    tales.push(open(begin("breach-2", 4)));
    tales.push(liability(begin("liability", 9)));
    tales
}

fn name(who: &str) -> &'static str {
    staff::STAFF.iter().find(|it| it.login == who).map_or("", |it| it.name)
}

fn file(mut tale: Tale, who: &str, steps: usize) -> Tale {
    let act = ActOnCase {
        act: "appraisal.listed".into(),
        attributes: [("case.person".to_owned(), name(who).to_owned())].into(),
        links: [("staff".to_owned(), who.to_owned())].into(),
        ..ActOnCase::default()
    };
    tale.open_with("supervisor", OpenRecord { register: "appraisals".into(), act, ..OpenRecord::default() });
    let all: [(&str, &str, &str, &[(&str, &str)]); 7] = [
        (who, "appraisal.self_reported", "全年没有缺勤，经手的事都办完了；不足是解释得不够耐心，明年改。", &[]),
        ("manager", "appraisal.rated_by_all", "", &[("appraisal.ballots", "16"), ("appraisal.all_score", "91")]),
        (
            "supervisor",
            "appraisal.rated_by_windows",
            "",
            &[("appraisal.ballots", "6"), ("appraisal.mutual_score", "93")],
        ),
        (
            "supervisor",
            "appraisal.rated_overall",
            "",
            &[
                ("appraisal.duty_score", "95"),
                ("appraisal.year_score", "92"),
                ("appraisal.attendance_score", "100"),
                ("appraisal.morals", "待人谦和，守信"),
                ("appraisal.ability", "业务熟，能带新人"),
                ("appraisal.diligence", "全勤，常替人顶班"),
                ("appraisal.achievement", "全年无有效投诉"),
            ],
        ),
        ("manager", "appraisal.graded", "", &[("appraisal.grade", "excellent"), ("appraisal.appraiser", "高演理")]),
        ("manager", "appraisal.rewarded", "通报表扬，发年度服务之星证书", &[]),
        ("archive", "appraisal.filed", "", &[]),
    ];
    for (by, act, note, attributes) in all.into_iter().take(steps) {
        let by = if act == "appraisal.filed" { "supervisor" } else { by };
        let competent = [("appraisal.grade", "competent"), ("appraisal.appraiser", "高演理")];
        let attributes = if act == "appraisal.graded" && steps < 7 { &competent[..] } else { attributes };
        tale.days(1, 1).tell(by, act, note, attributes);
    }
    tale
}

fn found(tale: &mut Tale, who: &str, kind: &str, facts: &str) {
    tale.open("supervisor", "breaches", facts, &[("case.person", name(who)), ("breach.kind", kind)]);
}

fn settled(mut tale: Tale) -> Tale {
    found(&mut tale, "desk2", "unfriendly_face", "抽查晚班来电录音：答话生硬，两次打断住户");
    tale.days(1, 1).tell("supervisor", "breach.heard", "本人说当晚连接十几个电话，承认态度不好", &[]);
    tale.wait(30, 60).tell("supervisor", "breach.sanction_proposed", "口头批评，补训接听规范", &[]);
    tale.days(1, 1).tell("manager", "breach.sanctioned", "同意口头批评并补训", &[]);
    tale
}

fn open(mut tale: Tale) -> Tale {
    found(&mut tale, "repair4", "dragging", "同一户渗水三次约定三次未到，都没有事先告知");
    tale.days(1, 1).tell("supervisor", "breach.heard", "本人说等材料，没有想到要打电话", &[]);
    tale
}

fn liability(mut tale: Tale) -> Tale {
    let told = [
        ("case.person", name("repair3")),
        ("case.loss", "30000"),
        ("liability.fault", "slight"),
        ("liability.result", "slight"),
        ("liability.basis", "民法典第一千一百九十一条"),
    ];
    tale.open("supervisor", "liabilities", "搬门扇时碰坏住户鞋柜，住户要求赔偿 300 元", &told);
    tale
}
