//! Calls and visits that become no matter (不立事项的来访来电), the answer book they are answered from, and missed calls.

use std::collections::BTreeMap;

use calendar::Moment;
use journal::house::MadeContact;
use office::answer::{AnswerChange, Said};
use office::case::{Caller, Place};
use office::contact::{
    ActOnContact, EndContact, Number, Outcome, PhoneEvent, PhoneNews, SUPERVISOR_CALLED, SUPERVISOR_CAME, TakeContact,
};

use crate::estate::Home;
use crate::tale::{Tale, What};

/// The answer book: id, question, answer, numbers, category, other wordings.
pub const BOOK: &[(&str, &str, &str, &str, &str, &str)] = &[
    (
        "answer-fee",
        "物业费怎么交",
        "每月 10 日前交上月的物业费：前台现金、刷卡、扫码都可以，也可以办银行托收。",
        "",
        "收费",
        "管理费、缴费、托收",
    ),
    (
        "answer-parking",
        "车位月卡怎么续",
        "月底前到前台或在岗亭扫码续费；要换车牌请带行驶证到前台。",
        "",
        "停车",
        "停车费、月租、车牌",
    ),
    (
        "answer-guest-car",
        "访客停车怎么收费",
        "访客停车照入口公示的价目收费，前 30 分钟不收。",
        "",
        "停车",
        "临停、访客车",
    ),
    (
        "answer-fitting",
        "装修要办哪些手续",
        "带房产证复印件、装修图纸和施工队资料到前台办装修登记，交装修押金，领施工证。周末和午休不能有噪声。",
        "",
        "装修",
        "装修、施工证、敲墙",
    ),
    (
        "answer-release",
        "搬家具出小区怎么办",
        "请到前台开放行条，写明物品和房号，出门交给保安。",
        "",
        "证件与放行",
        "放行条、搬家",
    ),
    ("answer-card", "门禁卡丢了怎么补", "带身份证到前台挂失补办，补卡收工本费。", "", "证件与放行", "门禁、门卡"),
    (
        "answer-water",
        "停水停电去哪里看",
        "计划停水停电提前贴在单元门口，也可以打电话问前台。",
        "",
        "社区生活",
        "停水、停电",
    ),
    (
        "answer-parcel",
        "快递柜打不开怎么办",
        "请打快递柜上的服务电话；包裹破损请先拍照，再联系快递公司。",
        "",
        "社区生活",
        "快递柜、包裹",
    ),
    ("answer-power", "供电抢修", "", "供电抢修 95598", "便民电话", "没电、跳闸、供电局"),
    ("answer-tap", "供水抢修", "", "供水抢修 96968\n前台 24 小时 020-00000000", "便民电话", "没水、爆管、自来水"),
    (
        "answer-gas",
        "燃气抢修",
        "先关阀门，开窗，不要开灯，出门再打电话。",
        "燃气抢修 96777",
        "便民电话",
        "煤气、燃气、天然气",
    ),
    (
        "answer-lock",
        "开锁",
        "请选在公安备案的开锁公司，开锁时出示身份证。",
        "开锁服务 020-00000110",
        "便民电话",
        "钥匙、反锁",
    ),
];

/// The change that writes an entry of the book.
pub fn written(entry: &(&str, &str, &str, &str, &str, &str)) -> AnswerChange {
    let (_, question, answer, phones, category, keywords) = *entry;
    let said = Said {
        question: question.into(),
        answer: answer.into(),
        phones: phones.into(),
        category: category.into(),
        keywords: keywords.into(),
    };
    AnswerChange::Write { said, seen: 0 }
}

/// What callers ask that the book answers, and other ends without a matter.
const ASKED: &[(&str, &str, Outcome, &str)] = &[
    ("phone", "问物业费怎么交，能不能扫码", Outcome::Answered, "answer-fee"),
    ("visit", "车位月卡到期了，怎么续", Outcome::Answered, "answer-parking"),
    ("phone", "下周要装修，要办什么手续", Outcome::Answered, "answer-fitting"),
    ("visit", "搬一个柜子出去，保安要放行条", Outcome::Answered, "answer-release"),
    ("phone", "家里没电了，是不是停电", Outcome::Answered, "answer-power"),
    ("chat", "门禁卡丢了", Outcome::Answered, "answer-card"),
    ("email", "问访客停车收费", Outcome::Answered, "answer-guest-car"),
    ("letter", "寄来感谢信一封", Outcome::Answered, ""),
    ("phone", "", Outcome::Voided, "打错了"),
    ("phone", "", Outcome::Voided, "断线，没有再打来"),
];

/// One contact that is settled at once.
pub fn settled(tale: &mut Tale, home: &Home) {
    let (channel, words, outcome, with) = *tale.chance.pick(ASKED);
    let answered = outcome == Outcome::Answered;
    let (answer, note) = match (answered, with) {
        (true, "") => (None, "已收下，转给当班人员看".to_owned()),
        (true, id) => (Some(id.to_owned()), question(id)),
        (false, why) => (None, why.to_owned()),
    };
    let rings = if channel == "phone" { tale.chance.between(1, 4).to_string() } else { String::new() };
    let mut attributes: BTreeMap<String, String> = [("phone.rings".to_owned(), rings)].into();
    attributes.retain(|_, value| !value.is_empty());
    let known = answered && channel != "email";
    let end = EndContact {
        outcome,
        note,
        answer,
        mass_event: None,
        words: words.to_owned(),
        place: if known {
            Place { household: Some(home.id.clone()), words: home.room.clone() }
        } else {
            Place::default()
        },
        caller: Caller { phone: if known { home.phone.clone() } else { String::new() }, ..Caller::default() },
        attributes,
    };
    tale.push(
        "desk1",
        What::Opened(TakeContact { channel: channel.into(), station: "office_desk".into(), ..TakeContact::default() }),
    );
    tale.wait(1, 4).push("desk1", What::Contact(Box::new(MadeContact { end, ..MadeContact::default() })));
}

/// A visitor who is agitated: taken to the meeting room, a supervisor called, who comes and settles it, or is on the way.
pub fn agitated(tale: &mut Tale, home: &Home, comes: bool) {
    let place = Place { household: Some(home.id.clone()), words: home.room.clone() };
    let mood = [("contact.agitated", "yes"), ("contact.moved_to", "meeting_room")];
    let mood: BTreeMap<String, String> = mood.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    let act = |act: &str| ActOnContact {
        act: act.to_owned(),
        attributes: mood.clone(),
        place: place.clone(),
        ..ActOnContact::default()
    };
    tale.push(
        "desk1",
        What::Opened(TakeContact { channel: "visit".into(), station: "office_desk".into(), ..TakeContact::default() }),
    );
    tale.wait(1, 1).push("desk1", What::OnContact(Box::new(act(SUPERVISOR_CALLED))));
    if !comes {
        return;
    }
    tale.wait(2, 4).push(
        "supervisor",
        What::OnContact(Box::new(ActOnContact { act: SUPERVISOR_CAME.into(), ..ActOnContact::default() })),
    );
    let end = EndContact {
        note: "主管当面讲清：上月两次停水都有通知，短信没收到的改为打电话".into(),
        words: "停水又不通知，饭都没法做".into(),
        place,
        caller: Caller { phone: home.phone.clone(), ..Caller::default() },
        attributes: mood,
        ..EndContact::default()
    };
    tale.wait(12, 20).push("desk1", What::Contact(Box::new(MadeContact { end, ..MadeContact::default() })));
}

fn question(id: &str) -> String {
    BOOK.iter().find(|entry| entry.0 == id).map(|entry| entry.1.to_owned()).unwrap_or_default()
}

/// A call that nobody could answer; `returned` minutes later somebody calls back, or nobody yet.
pub fn missed(tale: &mut Tale, home: &Home, returned: Option<i64>) {
    let news = |event, at: Moment| PhoneNews {
        event,
        extension: "801".into(),
        number: Number::Known(home.phone.clone()),
        rings: None,
        at,
    };
    tale.push("desk1", What::Phone(news(PhoneEvent::Rang, tale.at)));
    tale.at = tale.at.plus_seconds(25);
    tale.push("desk1", What::Phone(news(PhoneEvent::HungUp, tale.at)));
    let Some(minutes) = returned else { return };
    tale.wait(minutes, minutes + 6);
    let back = |note: &str, reached_nobody| ActOnContact {
        act: "call.returned".into(),
        note: note.into(),
        reached_nobody,
        ..ActOnContact::default()
    };
    if tale.chance.percent(30) {
        tale.push("desk1", What::OnContact(Box::new(back("没人接", true))));
        tale.wait(10, 30);
    }
    tale.push("desk1", What::OnContact(Box::new(back("问水费单什么时候出，已答复", false))));
    let end = EndContact { note: "回拨时答复：水费单月底出".into(), ..EndContact::default() };
    tale.wait(1, 2).push("desk1", What::Contact(Box::new(MadeContact { end, ..MadeContact::default() })));
}
