//! CSV with a head row (表格日志).

use super::{Lines, LogEvent, LogRefused, line};

/// The events of a text, one a row. Refuses rows that are longer than the head, unbalanced quotes and a head with two
/// columns of one name.
pub(super) fn read(text: &str) -> Result<Vec<LogEvent>, LogRefused> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [',', ';', '\t'].into_iter().max_by_key(|one| first.matches(*one).count()).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut head: Vec<String> = Vec::new();
    let mut events = Vec::new();
    let mut lines = Lines::new(text);
    for record in reader.records() {
        // A record's place is the end of the one before: blank lines still stand between.
        let mut place = |position: Option<&csv::Position>| {
            let from = position.map_or(0, |it| it.byte() as usize).min(text.len());
            let blank = text[from..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            lines.of(from + blank)
        };
        let record = record.map_err(|error| line(place(error.position()), "引号不成对，或不是文本"))?;
        let at = place(record.position());
        if head.is_empty() {
            head = record.iter().map(|name| name.trim().to_owned()).collect();
            let twice = head.iter().enumerate().find(|(n, name)| !name.is_empty() && head[..*n].contains(name));
            if let Some((_, name)) = twice {
                return Err(line(at, format!("列名“{name}”写了两次")));
            }
            continue;
        }
        if record.len() > head.len() {
            return Err(line(at, format!("有 {} 格，表头只有 {} 列", record.len(), head.len())));
        }
        let cells = head.iter().zip(record.iter().map(str::trim));
        let fields: Vec<(String, String)> = cells
            .filter(|(name, value)| !name.is_empty() && !value.is_empty())
            .map(|(name, value)| (name.clone(), value.to_owned()))
            .collect();
        if !fields.is_empty() {
            events.push(LogEvent { line: at, fields });
        }
    }
    Ok(events)
}
