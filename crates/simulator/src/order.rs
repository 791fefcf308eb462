//! Work orders (工作单): a lamp in the garage, done and handed in; a pump that is being worked on; a door nobody has signed for; and
//! the book of blank orders that they come from.

use std::collections::BTreeMap;

use calendar::{Moment, Zone};
use office::case::{ActOnCase, OpenRecord, Place};

use crate::chance::Chance;
use crate::tale::Tale;

/// The tales, the last of them of this hour.
pub fn tales(zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    let begin = |name: &str, hours: i64| {
        let at = now.plus_seconds(-hours * 3600);
        Tale::begin(name, at, zone, Chance::of(seed, name))
    };
    let mut book = begin("order-book", 400);
    book.open("archive", "order_books", "", &[("order_book.numbers", "0001-0050")]);
    book.wait(20, 60).tell(
        "archive",
        "order_book.handed_out",
        "",
        &[("order_book.taker", "唐演服"), ("order_book.numbers", "0001-0050")],
    );

    let mut count = begin("order-count", 200);
    count.open("archive", "order_book_counts", "", &[("order_book.stock", "2")]);
    count.wait(10, 30).tell("archive", "order_book.bought", "印两本，每本五十份", &[]);

    let mut lamp = begin("order-lamp", 30);
    issued(&mut lamp, "地下车库 B 区", "换灯管两支", "带人字梯，白天做");
    lamp.wait(4, 9).act("repair1", "order.signed_for");
    lamp.act("repair1", "order.part_taken");
    lamp.wait(10, 20).act("repair1", "order.started");
    lamp.wait(30, 60).tell(
        "repair1",
        "order.finished",
        "",
        &[("order.nobody_served", "yes"), ("case.reason", "公共部位")],
    );
    let said = [("complaint.course", "换 18 瓦灯管两支，试亮"), ("complaint.result", "已亮，未见闪烁")];
    lamp.wait(2, 5).tell("repair1", "order.remarks_written", "", &said);
    lamp.wait(5, 30).act("repair1", "order.handed_in");
    lamp.wait(5, 20).act("supervisor", "order.dispatcher_signed");
    lamp.wait(2, 6).act("supervisor", "case.closed");

    let mut pump = begin("order-pump", 3);
    issued(&mut pump, "3 栋水泵房", "查水泵异响，记录压力", "两人一组，停泵先通知中控室");
    pump.wait(4, 9).act("repair2", "order.signed_for");
    pump.act("repair2", "order.part_taken");
    pump.wait(8, 15).act("repair2", "order.started");
    pump.wait(30, 50).tell("repair2", "order.progress_reported", "轴承要换，配件下午到", &[]);

    let mut door = begin("order-door", 1);
    issued(&mut door, "南门岗", "调整人行门闭门器", "避开早晚高峰");
    vec![book, count, lamp, pump, door]
}

fn issued(tale: &mut Tale, place: &str, content: &str, requirement: &str) {
    let reply = tale.at.plus_seconds(8 * 3600).0.to_string();
    let values = [("order.content", content), ("order.requirement", requirement), ("order.reply_by", &reply)];
    let act = ActOnCase {
        act: "order.issued".into(),
        attributes: BTreeMap::from(values.map(|(id, value)| (id.to_owned(), value.to_owned()))),
        ..ActOnCase::default()
    };
    let place = Place { household: None, words: place.to_owned() };
    tale.open_with("supervisor", OpenRecord { register: "work_order".into(), place, act, ..OpenRecord::default() });
}
