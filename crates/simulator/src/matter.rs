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
