//! The ledger of the demonstration as a workbook (台账), so that it comes in the way an office's own ledger does.

use courier::headed::Columns;
use courier::ledger::Column;
use office::household::{LedgerRow, Tenure};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// Writes the rows as offices keep them: a title row, the head row, rows, a row of totals.
pub fn workbook(title: &str, rows: &[LedgerRow]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("业主台账")?;
    let text = Format::new().set_num_format("@");
    let bold = Format::new().set_bold();
    sheet.write_with_format(0, 0, title, &bold)?;
    for (at, column) in (0u16..).zip(Column::all()) {
        sheet.write_with_format(1, at, column.heading(), &bold)?;
        sheet.set_column_width(at, 14.0)?;
        for (line, row) in (2u32..).zip(rows) {
            let cell = cell(row, column);
            if !cell.is_empty() {
                sheet.write_with_format(line, at, cell, &text)?;
            }
        }
    }
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX - 2) + 2;
    sheet.write_with_format(last, 0, format!("合计 {} 户", rows.len()), &bold)?;
    sheet.set_freeze_panes(2, 0)?;
    workbook.save_to_buffer()
}

fn cell(row: &LedgerRow, column: Column) -> String {
    let owners = || row.people.iter().filter(|person| person.tenure == Tenure::Owner);
    let date = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    match column {
        Column::Phase if !row.room.phase.is_empty() => format!("{}期", row.room.phase),
        Column::Building if row.room.building.chars().all(|sign| sign.is_ascii_digit()) => {
            format!("{}栋", row.room.building)
        }
        Column::Building => row.room.building.clone(),
        Column::Stairwell if !row.room.stairwell.is_empty() => format!("{}单元", row.room.stairwell),
        Column::Floor => row.floor.clone(),
        Column::Room => row.room.number.clone(),
        Column::Kind => row.kind.clone(),
        Column::Area => row.area.map(|area| format!("{}.{:02}", area / 100, area % 100)).unwrap_or_default(),
        Column::Owner => owners().map(|it| it.name.as_str()).collect::<Vec<_>>().join("、"),
        Column::Phone => owners().flat_map(|it| &it.phones).cloned().collect::<Vec<_>>().join("、"),
        Column::Tenant => {
            let tenants = row.people.iter().filter(|person| person.tenure == Tenure::Tenant);
            tenants.map(|it| format!("{} {}", it.name, it.phones.join("、"))).collect::<Vec<_>>().join("、")
        }
        Column::Handover => date(row.handover),
        Column::MoveIn => date(row.move_in),
        Column::Occupancy => row.occupancy.clone(),
        Column::Parking => row.parking.join("、"),
        Column::Plates => row.plates.join("、"),
        Column::Remark => row.remark.clone(),
        _ => String::new(),
    }
}
