//! Acts of the store of blank orders (空白工作单): a book with its numbers is registered, handed out, its stubs are checked, the
//! next one is fetched; the store is counted and filled up.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

const BOOK: &[CaseKind] = &[Record("order_books")];
const COUNT: &[CaseKind] = &[Record("order_book_counts")];
const KEEPERS: &[&str] = &["archive", "service_supervisor", "office_manager"];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "order_book.registered",
        title: "登记空白工作单",
        said: "{who}登记一本空白工作单，号段 {order_book.numbers}。{note}",
        kinds: BOOK,
        posts: KEEPERS,
        fields: &[need("order_book.numbers"), may("note")],
        without: &[],
        again: false,
        effect: Effect::Open,
        ..STEP
    },
    Act {
        id: "order_book.handed_out",
        title: "发放工作单本",
        said: "{who}发给{order_book.taker}，号段 {order_book.numbers}。{note}",
        kinds: BOOK,
        posts: KEEPERS,
        fields: &[need("order_book.taker"), may("order_book.numbers"), may("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "order_book.stubs_checked",
        title: "存根查验",
        said: "{who}查验存根：缺 {order_book.pages_missing} 页，损坏 {order_book.pages_damaged} 页，缺损共 {order_book.pages_wrong} 页。{note}",
        kinds: BOOK,
        posts: KEEPERS,
        fields: &[
            need("order_book.pages_missing"),
            need("order_book.pages_damaged"),
            need("order_book.pages_wrong"),
            may("note"),
        ],
        after: &["order_book.handed_out"],
        ..STEP
    },
    Act {
        id: "order_book.fetched",
        title: "领取新本",
        said: "{who}凭存根领取新本。{note}",
        kinds: BOOK,
        // Whoever may have a book may have the next.
        posts: super::order::ISSUERS,
        fields: &[may("note")],
        after: &["order_book.handed_out"],
        again: false,
        ..STEP
    },
    Act {
        id: "order_book.counted",
        title: "盘点空白工作单",
        said: "{who}盘点，库存 {order_book.stock} 本。{note}",
        kinds: COUNT,
        posts: KEEPERS,
        fields: &[need("order_book.stock"), may("note")],
        without: &[],
        again: false,
        effect: Effect::Open,
        ..STEP
    },
    Act {
        id: "order_book.bought",
        title: "采购工作单",
        said: "{who}安排采购：{note}",
        kinds: COUNT,
        posts: &["archive", "purchaser", "service_supervisor", "office_manager"],
        fields: &[need("note")],
        again: false,
        ..STEP
    },
];
