//! Everything else that is said at a desk (其他事项): enquiries, suggestions, praise, services, help, first aid, alarms.

use office::case::CaseKind;

use crate::estate::Home;
use crate::follow_up::{self, Plan};
use crate::tale::{Intake, Tale};

/// What people ask and say.
const SAID: &[(CaseKind, &str, &str)] = &[
    (CaseKind::Enquiry, "装修要办哪些手续", "说明手续和时间，给了办事清单"),
    (CaseKind::Enquiry, "车位月卡怎么续", "说明续费办法"),
    (CaseKind::Enquiry, "明天停水吗", "查过通知，明天 9 点到 12 点停水"),
    (CaseKind::Suggestion, "希望快递柜再加一组", "记下，报管理处"),
    (CaseKind::Suggestion, "花园椅子旁边想要一盏灯", "记下，转工程部看现场"),
    (CaseKind::Commendation, "感谢保安帮忙找回孩子的书包", "转告秩序部，表扬当班保安员"),
    (CaseKind::Commendation, "维修师傅收拾得很干净", "转告工程部"),
    (CaseKind::Service, "想请人搬一张柜子下楼", "帮忙搬下楼"),
    (CaseKind::Service, "代收一件家具", "已代收，住户取走"),
    (CaseKind::Help, "老人忘了带钥匙，在楼下等", "陪到家人回来"),
    (CaseKind::Help, "孩子在电梯里按错楼层找不到家", "送回家里"),
    (CaseKind::FirstAid, "有人在花园晕倒", "叫了救护车，陪到医生来"),
    (CaseKind::Alarm, "二楼住户家有人敲打喊叫", "保安到场，已平息"),
];

/// One such matter, from word to end.
pub fn matter(tale: &mut Tale, home: &Home) {
    let (kind, words, answer) = *tale.chance.pick(SAID);
    let channel = *tale.chance.pick(&["phone", "visit", "met", "chat", "intercom", "web"]);
    let minutes = tale.chance.between(1, 5);
    let intake = Intake {
        kind,
        channel,
        who: "desk1",
        home: Some(home),
        place: "",
        words,
        attributes: &[],
        minutes,
        notify: false,
    };
    tale.register(&intake).wait(1, 15);
    match kind.finished_by() {
        None => {
            tale.tell("desk1", "case.replied", answer, &[]);
            tale.wait(2, 30).tell("desk1", "case.closed", answer, &[]);
        }
        Some(finished) => {
            tale.wait(5, 40).tell("guard", finished, answer, &[]);
            if tale.chance.percent(85) {
                let held = if kind == CaseKind::FirstAid { Plan::Within(2) } else { Plan::None };
                follow_up::hold(tale, held, "other");
            } else {
                tale.days(1, 2);
            }
            tale.wait(5, 60).tell("desk1", "case.closed", answer, &[]);
        }
    }
    tale.days(4, 9).act("archive", "case.filed");
}

/// Smoke in the garage: those due at the scene called one by one, measures, the form with its cause, its approval.
pub fn emergency(tale: &mut Tale) {
    let intake = Intake {
        kind: CaseKind::Alarm,
        channel: "intercom",
        who: "guard",
        home: None,
        place: "地下车库B区",
        words: "车库B区冒烟，闻到焦味",
        attributes: &[],
        minutes: 1,
        notify: false,
    };
    tale.register(&intake);
    tale.tell("guard", "incident.reported", "配电箱处冒烟", &[("incident.kind", "fire")]);
    let due = ["manager", "engineer", "order"].map(|login| crate::staff::of(login).name);
    for name in due {
        tale.tell("guard", "incident.listed", "", &[("incident.person", name)]);
    }
    tale.tell("guard", "incident.head_notified", "", &[("incident.person", due[0])]);
    for name in &due[1..] {
        tale.tell("guard", "incident.duty_notified", "", &[("incident.person", name)]);
    }
    for name in [due[2], due[1], due[0]] {
        tale.wait(0, 1).tell("guard", "incident.arrived", "", &[("incident.person", name)]);
    }
    tale.wait(1, 2).tell("engineer", "incident.measure_taken", "切断B区电源，用灭火器处理，疏散车辆", &[]);
    tale.wait(5, 12).act("engineer", "incident.controlled");
    let form = [
        ("incident.kind", "fire"),
        ("complaint.course", "接报后三分钟到场，断电处置，无人受伤"),
        ("incident.cause", "配电箱接头松动发热"),
        ("complaint.analysis", "季度检查没有测温，已列入检查表"),
    ];
    tale.wait(60, 180).tell("engineer", "incident.form_written", "", &form);
    tale.office().wait(5, 60).tell("leader", "incident.form_approved", "同意，逐箱测温", &[]);
    tale.wait(5, 20).act("manager", "incident.closed");
    tale.wait(2, 10).tell("engineer", "service.completed", "更换接头，恢复供电", &[]);
    tale.days(0, 1).tell("desk1", "case.closed", "已告知B区车主", &[]);
}
