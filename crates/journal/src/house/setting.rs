//! A setting's new value (设置的取值) is of its unit, or refused with the forms that are.

use office::Refusal;
use office::site::OFFICE_SETTINGS;

use super::{Laws, SiteLaw};

/// Why a value cannot be set; none when it can. Empty goes back to the default.
pub(super) fn unfit(laws: &Laws, law: &SiteLaw, name: &str, value: &str) -> Option<Refusal> {
    let value = value.trim();
    let what = format!("没有保存“{name}”");
    let office = OFFICE_SETTINGS.iter().find(|it| it.name == name);
    let shipped = laws.shipped.values().map(|shipped| &shipped.book);
    let declared = law.books.values().chain(shipped).flat_map(|book| &book.settings).find(|it| it.name == name);
    let (unit, choices) = match (office, declared) {
        (Some(own), _) => (own.unit.to_owned(), own.choices.iter().map(|&it| it.to_owned()).collect()),
        (None, Some(declared)) => (declared.unit.clone(), declared.choices.clone()),
        (None, None) => {
            let why = "没有一部规程用到这个设置";
            return Some(Refusal::new(what, why, "请从设置页选择。").at(name));
        }
    };
    if value.is_empty() {
        return None;
    }
    let forms = rulebook::setting_fits(&laws.vocabulary, &unit, value, &choices).err()?;
    let next = format!("可以写：{}；留空则用默认值。", forms.replace('\n', "；"));
    Some(Refusal::new(what, format!("“{value}”不是可用的取值"), next).at(name))
}
