//! What a change of the charter must fit (章程改动的条件): a setting's value its unit, an adoption the texts on file and the
//! clauses in force.

use office::Refusal;
use office::site::{CharterChange, adopting_fact, office_settings};

use super::{Laws, SiteLaw};
use crate::fault::Fault;
use crate::site::SiteTx;

/// Why a change of the charter cannot be, as far as that depends on texts and clauses; none when it can.
pub(super) fn unfit_change(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    law: &SiteLaw,
    change: &CharterChange,
) -> Result<Option<Refusal>, Fault> {
    match change {
        CharterChange::Set { name, value } => Ok(law.unfit_setting(laws, name, value)),
        CharterChange::Adopt(adopting) => {
            let (sent, now) = (tx.sent().clone(), tx.now());
            if laws.text_of(tx.tx(), &adopting.book, &adopting.digest)?.is_none() {
                let why = format!("规程 {} 的这一版没有全文存档", adopting.book);
                return Ok(Some(Refusal::new("不能采用", why, "请从规程库选择。")));
            }
            let fact = adopting_fact(adopting, &sent.post, &sent.actor, now);
            let blocks = law.refuses(&[], &fact);
            let refusal = Refusal::by_law("不能采用", blocks, &|id| laws.word(id), &laws.zone);
            Ok(refusal.map(|it| it.at("approver")))
        }
        CharterChange::Settle { sides, prefer, .. } => {
            let both = sides.iter().all(|side| law.charter.adopts(side, tx.now()));
            let one = prefer.as_ref().is_none_or(|prefer| sides.contains(prefer));
            let why = "这两款现在没有同时采用";
            Ok((!both || !one).then(|| Refusal::new("没有定下来", why, "请刷新页面。")))
        }
        CharterChange::Leave { .. } | CharterChange::Bind { .. } | CharterChange::Confirm { .. } => Ok(None),
    }
}

impl SiteLaw {
    /// Why a value cannot be set; none when it can. Empty goes back to the default.
    pub fn unfit_setting(&self, laws: &Laws, name: &str, value: &str) -> Option<Refusal> {
        let value = value.trim();
        let what = format!("没有保存“{name}”");
        let office = office_settings().iter().find(|it| it.name == name);
        let shipped = laws.shipped.values().map(|shipped| &shipped.book);
        let declared = self.books.values().chain(shipped).flat_map(|book| &book.settings).find(|it| it.name == name);
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
        if name == office::warranty::TERMS
            && let Err(why) = office::warranty::parts(value)
        {
            return Some(Refusal::new(what, why, "请改好再保存；留空则用默认值。").at(name));
        }
        if name == office::survey::questions::OWN
            && let Err(why) = office::survey::questions::readable(value)
        {
            return Some(Refusal::new(what, why, "每题写“题目：五档：环境”这样一行；改好再保存。").at(name));
        }
        if name == office::statistics_report::SENDING
            && let Err(line) = office::statistics_report::sendings(value)
        {
            let next = "请照这样写：周报 周一 08:30：群机器人；月报 1 日 09:00：a@example.org；季报 3 日 09:00：a@example.org。";
            return Some(Refusal::new(what, format!("“{line}”读不懂"), next).at(name));
        }
        if name == office::meeting::RECURRING
            && let Err(line) = office::meeting::recurring(value)
        {
            let next = "请照这样写：周五例会 周五 09:00：主要负责人；安全例会 1 日 15:00：主管以上人员。";
            return Some(Refusal::new(what, format!("“{line}”读不懂"), next).at(name));
        }
        let forms = rulebook::setting_fits(&laws.vocabulary, &unit, value, &choices).err()?;
        let next = format!("可以写：{}；留空则用默认值。", forms.replace('\n', "；"));
        Some(Refusal::new(what, format!("“{value}”不是可用的取值"), next).at(name))
    }
}

/// Why a site keeps no record of this register: deductions are proposed only where the office has decided so.
pub(super) fn forgoes(law: &SiteLaw, register: &str) -> Option<Refusal> {
    let wanted = register != office::register::DEDUCTIONS || law.office_setting("提出扣款") == "是";
    let why = "本站点没有开通扣款建议，只记考评（设置“提出扣款”）";
    (!wanted).then(|| Refusal::new("不能提出扣款", why, "要开通的，请管理处经理在设置里选“是”。"))
}
