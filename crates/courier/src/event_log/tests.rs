//! Logs in both formats, and what is wrong with broken ones.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

const XES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="__INVALID__"/></global>
  <trace>
    <string key="concept:name" value="甲"/>
    <event>
      <string key="concept:name" value="Ticket &amp; call"/>
      <date key="time:timestamp" value="2026-11-20T08:30:00Z"/>
      <string key="note"><string key="inner" value="passed over"/></string>
    </event>
    <event>
      <string key="concept:name" value="Closed"/><boolean key="ok" value="true"/>
    </event>
    <string key="channel" value="phone"/>
  </trace>
</log>"#;

#[test]
fn a_trace_speaks_at_each_of_its_events() {
    let events = read(XES.as_bytes()).unwrap();
    assert_eq!(events.len(), 2);
    assert_eq!((events[0].line, events[1].line), (7, 12));
    assert_eq!(events[0].get("concept:name"), Some("Ticket & call"));
    assert_eq!(events[0].get("case:concept:name"), Some("甲"));
    assert_eq!(events[1].get("case:channel"), Some("phone"));
    assert_eq!((events[1].get("ok"), events[0].get("inner")), (Some("true"), None));
}

#[test]
fn packed_and_plain_are_the_same() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(XES.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    assert_eq!(read(&packed), read(XES.as_bytes()));
    assert!(matches!(read(&packed[..packed.len() / 2]), Err(LogRefused::Packed(_))));
}

#[test]
fn a_broken_xes_is_refused_with_its_line() {
    let refused = |text: &str| match read(text.as_bytes()) {
        Err(LogRefused::Line { line, reason }) => (line, reason),
        other => panic!("{other:?}"),
    };
    let (line, reason) = refused(&XES.replace("</event>\n    <string", "</evnt>\n    <string"));
    assert!(line == 14 && reason.contains("XML"), "{line} {reason}");
    let (_, reason) = refused(&XES[..XES.len() - 20]);
    assert!(reason.contains("没有写完") || reason.contains("XML"), "{reason}");
    assert!(refused("<html></html>").1.contains("log"));
    assert_eq!(refused("<log>\n<trace>\n<event/></trace></log>").0, 3);
    assert!(refused("<log><trace>\n<string value=\"x\"/></trace></log>").1.contains("key"));
    assert_eq!(read(b"<log/>"), Err(LogRefused::Empty));
    assert_eq!(read(&[0x00, 0x01, 0x02]), Err(LogRefused::NotText));
}

#[test]
fn csv_knows_its_delimiter_and_its_encoding() {
    let rows = "case;event;time\n甲;打开;2026-11-20 16:30\n\n乙;\"a;b\";2026-11-21 08:00\n";
    let events = read(rows.as_bytes()).unwrap();
    assert_eq!(events.len(), 2);
    assert_eq!((events[1].line, events[1].get("event")), (4, Some("a;b")));
    let (old, ..) = encoding_rs::GB18030.encode(rows);
    assert_eq!(read(&old).unwrap(), events);
    let long = read("case,event\n甲,打开,多一格\n".as_bytes());
    assert!(matches!(long, Err(LogRefused::Line { line: 2, .. })), "{long:?}");
    let twice = read("case,case\n甲,乙\n".as_bytes());
    assert!(matches!(twice, Err(LogRefused::Line { line: 1, .. })), "{twice:?}");
}
