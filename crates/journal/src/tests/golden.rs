//! What was once written must be readable for ever: an export of each shape, with its keys, as it was made then.

use std::collections::BTreeMap;
use std::io::BufReader;

use calendar::Moment;
use office::Event;
use office::event::{Attachment, Body, FormTouch, LateEntry, Sealed, Signature, SignatureWay, Touch};

use super::bed;
use crate::{Engine, SHAPE, stream};

/// Every field of an event of shape 1.
fn full() -> Event {
    let pairs = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    };
    Event {
        name: "repair.requested".into(),
        happened: Moment(1_772_000_000_000_000),
        body: Body {
            attributes: pairs(&[("case.channel", "phone"), ("case.content", "厨房漏水")]),
            note: "第一行\n“第二行”".into(),
            posts: vec!["technician".into()],
            form: Some(FormTouch {
                form: "repair_slip".into(),
                number: "WX-202602-0001".into(),
                touch: Touch::Issued([(1, "front_desk".to_owned()), (2, "technician".to_owned())].into()),
            }),
            signature: Some(Signature {
                name: "示例".into(),
                post: "resident".into(),
                way: SignatureWay::Drawn,
                path: "M0 0L600 200".into(),
            }),
            attachments: vec![Attachment {
                hash: "00ff".into(),
                name: "水.jpg".into(),
                media: "image/jpeg".into(),
                size: 1_234,
            }],
            late: Some(LateEntry { reason: "停电".into(), approved_by: "主管".into() }),
            links: pairs(&[("number", "WX-202602-0001"), ("kind", "repair")]),
        },
        sealed: Some(Sealed {
            person: "case:1".into(),
            fields: pairs(&[("name", "示例住户"), ("phone", "13800000000")]),
        }),
    }
}

#[test]
fn shape_1_is_read_as_it_was_written() {
    assert_eq!(SHAPE, 1, "add an upcast from shape 1, keep this test, and write one for the new shape");
    let (_bed, store) = bed::store(Engine::Sqlite);
    let keys = include_bytes!("golden/shape-1.keys.jsonl");
    let journal = include_bytes!("golden/shape-1.jsonl");
    store.import_keys(&mut BufReader::new(&keys[..])).unwrap();
    let verified = store.import(&mut BufReader::new(&journal[..])).unwrap().unwrap();
    assert_eq!(verified.entries, 2);
    store.rebuild(&mut |_| {}).unwrap();
    let entries = store.read(|tx| stream::load(tx, 9, "case:1")).wait().unwrap();
    assert_eq!(entries[0].event, full());
    assert_eq!(entries[1].event, Event::plain("case.closed", Moment(1_772_000_600_000_000)));
    let mut again = Vec::new();
    store.export(9, &mut again).unwrap().unwrap();
    assert_eq!(again, journal);
}
