//! XES (IEEE 1849 的日志): a log of traces of events with typed attributes.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::{Lines, LogEvent, LogRefused, line};

/// Elements that hold a value in `key` and `value`.
const TYPED: [&str; 6] = ["string", "date", "int", "float", "boolean", "id"];

/// The events of a log in their order. Attributes inside attributes, extensions, classifiers and globals say nothing of what
/// happened and are passed over. Refuses what is no well-formed XML, and a log without `log` at its root.
pub(super) fn read(text: &str) -> Result<Vec<LogEvent>, LogRefused> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut lines = Lines::new(text);
    let mut path: Vec<String> = Vec::new();
    let (mut of_trace, mut event): (Vec<(String, String)>, LogEvent) = Default::default();
    let mut events: Vec<LogEvent> = Vec::new();
    let mut first_of_trace = 0;
    loop {
        let begin = reader.buffer_position() as usize;
        let found = reader.read_event();
        let at = lines.of(text[begin..].find('<').map_or(begin, |skipped| begin + skipped));
        let found = found.map_err(|fault| line(lines.of(reader.error_position() as usize), xml(&fault)))?;
        match &found {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                if path.is_empty() && name != "log" {
                    return Err(line(at, format!("XES 的最外层应是 log，这里是 {name}")));
                }
                let inside: Vec<&str> = path.iter().map(String::as_str).collect();
                match (inside.as_slice(), name.as_str()) {
                    (["log"], "trace") => {
                        of_trace.clear();
                        first_of_trace = events.len();
                    }
                    (["log", "trace"], "event") => event = LogEvent { line: at, fields: Vec::new() },
                    (["log", "trace"], typed) if TYPED.contains(&typed) => {
                        let (key, value) = attribute(tag, at)?;
                        of_trace.push((format!("case:{key}"), value));
                    }
                    (["log", "trace", "event"], typed) if TYPED.contains(&typed) => {
                        event.fields.push(attribute(tag, at)?);
                    }
                    _ => {}
                }
                let empty = matches!(found, Event::Empty(_));
                if empty && name == "event" && inside == ["log", "trace"] {
                    return Err(line(at, "空的 event：没有名称，也没有时间"));
                }
                if !empty {
                    path.push(name);
                }
            }
            Event::End(_) => {
                if path == ["log", "trace", "event"] {
                    events.push(std::mem::take(&mut event));
                }
                if path == ["log", "trace"] {
                    // A trace may say what it is after its events.
                    for event in &mut events[first_of_trace..] {
                        event.fields.extend(of_trace.iter().cloned());
                        event.fields.retain(|(_, value)| !value.is_empty());
                    }
                }
                path.pop();
            }
            Event::Eof if path.is_empty() => break,
            Event::Eof => return Err(line(at, format!("没有写完：{} 没有结束", path.join(" › ")))),
            _ => {}
        }
    }
    Ok(events)
}

/// `key` and `value` of a typed attribute.
fn attribute(tag: &BytesStart<'_>, at: usize) -> Result<(String, String), LogRefused> {
    let (mut key, mut value) = (String::new(), String::new());
    for one in tag.attributes() {
        let one = one.map_err(|fault| line(at, format!("属性写法不对（{fault}）")))?;
        let slot = match one.key.as_ref() {
            "key" => &mut key,
            "value" => &mut value,
            _ => continue,
        };
        let text = one.normalized_value(XmlVersion::Implicit1_0);
        *slot = text.map_err(|fault| line(at, format!("属性的值读不出来（{fault}）")))?.trim().to_owned();
    }
    if key.is_empty() { Err(line(at, "属性没有 key")) } else { Ok((key, value)) }
}

fn xml(fault: &quick_xml::Error) -> String {
    format!("不是完整的 XML（{fault}）")
}
