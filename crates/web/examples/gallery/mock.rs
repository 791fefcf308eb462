//! Made-up surroundings (样例): a site, a viewer, and a Monday afternoon.

use std::sync::LazyLock;

use calendar::{DueAt, Moment, Zone};
use rulebook::ClauseRef;
use web::components::Timing;
use web::page::{Count, Ring};
use web::security::guard::Way;
use web::{Grants, Permission, Place, Surroundings};

pub static ZONE: LazyLock<Zone> = LazyLock::new(Zone::shanghai);

/// Monday 2026-11-23 at this hour and minute.
pub fn at(hour: i8, minute: i8) -> Moment {
    ZONE.moment(jiff::civil::date(2026, 11, 23).at(hour, minute, 0, 0))
}

/// Days after that Monday, at this hour and minute.
pub fn on(days: i64, hour: i8, minute: i8) -> Moment {
    at(hour, minute).plus_seconds(days * 86_400)
}

pub fn due(hour: i8, minute: i8) -> DueAt {
    DueAt::clock(at(hour, minute))
}

pub fn timing() -> Timing<'static> {
    Timing { now: at(14, 8), zone: &ZONE }
}

pub fn clause(book: &str, id: &str) -> ClauseRef {
    ClauseRef { book: book.into(), id: id.into() }
}

pub fn around(way: Way, path: &str) -> Surroundings {
    Surroundings {
        calls: None,
        site: "样例花园一期".into(),
        other_sites: vec![("2".into(), "样例花园二期".into()), ("3".into(), "示例大厦".into())],
        on_duty: Some("郑演 · 至 19:30".into()),
        account: "lin".into(),
        name: "林样".into(),
        post: "前台客服员".into(),
        grants: Grants::of(Permission::ALL),
        counts: vec![
            (Place::Home, Count { late: 2, due: 9 }),
            (Place::Dispatch, Count { late: 0, due: 3 }),
            (Place::FollowUp, Count { late: 0, due: 4 }),
            (Place::Mail, Count { late: 1, due: 1 }),
        ],
        rings: Vec::new(),
        now: at(14, 8),
        path: path.into(),
        appearance: way.appearance,
    }
}

pub fn ring() -> Ring {
    Ring {
        words: "3-2-501 水管爆裂，14:05 报修，尚无人接单".into(),
        path: "/cases/1021".into(),
        acknowledge: "/preferences".into(),
        answer: "知道了",
    }
}
