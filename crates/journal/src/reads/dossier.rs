//! 客户档案: the estate as a tree, the files with how complete, accurate and valid they are, one household's file with everything that
//! came into it, emergency contacts, who saw it.

use std::collections::BTreeMap;

use calendar::Moment;
use jiff::civil::Date;
use office::dossier::{CATEGORIES, CATEGORIES_OF, REGISTER, Standing};
use office::event::Attachment;
use office::household::{Household, Tenure};
use serde::{Deserialize, Serialize};

use super::CaseRow;
use super::case_page::masked_phone;
use super::desk::masked;
use super::household::mask;
use super::row::{CASE, case};
use crate::fault::Fault;
use crate::house::House;
use crate::stream;
use crate::tx::{Sql, Tx};
use crate::{sql, vals};

/// Cases of a household that a file shows.
const SHOWN: i64 = 150;
/// Files with pictures that are opened for thumbnails.
const WITH_FILES: usize = 12;

/// Where in the tree one stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreeFilter {
    /// Phase.
    pub phase: String,
    /// Building; none is the whole estate.
    pub building: Option<String>,
    /// Stairwell.
    pub stairwell: Option<String>,
    /// Floor.
    pub floor: Option<String>,
    /// The last unit seen, in words.
    pub after: String,
}

/// A branch of the tree with the units below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeNode {
    /// Phase.
    pub phase: String,
    /// Building, stairwell or floor.
    pub name: String,
    /// Units.
    pub units: i64,
    /// Units that stand empty, as the ledger says.
    pub empty: i64,
}

/// A unit of the tree with how its file stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EstateUnit {
    /// Household id.
    pub id: String,
    /// Room in words.
    pub words: String,
    /// Kind.
    pub kind: String,
    /// Occupancy.
    pub occupancy: String,
    /// First person, masked.
    pub name: String,
    /// Categories of twelve that are complete, accurate, valid; none without a file.
    pub stands: Option<(i64, i64, i64)>,
}

/// How the files of the site stand together: categories out of all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierQuality {
    /// Files.
    pub files: i64,
    /// Categories of these files.
    pub categories: i64,
    /// Complete ones.
    pub complete: i64,
    /// Accurate ones.
    pub accurate: i64,
    /// Valid ones.
    pub valid: i64,
    /// Materials that are not filed.
    pub unfiled: i64,
    /// Contact data that waits to be confirmed.
    pub to_confirm: i64,
}

/// A category of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryRow {
    /// Its name.
    pub title: &'static str,
    /// The record that settles it, when the file is open.
    pub case: Option<String>,
    /// How it stands.
    pub standing: Standing,
    /// Where what stands there comes from.
    pub source: String,
    /// Why it does not apply.
    pub not_applicable: String,
    /// Who verified it.
    pub verifier: String,
    /// Cases of the household that belong to it: how many, and the newest.
    pub cases: (i64, Vec<CaseRow>),
}

/// A letter that was issued to the household from a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedLetter {
    /// Number.
    pub number: String,
    /// Form id.
    pub form: String,
    /// The case.
    pub case: String,
}

/// Who saw the file in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenBy {
    /// When.
    pub at: Moment,
    /// Account.
    pub account: String,
    /// What for.
    pub purpose: String,
}

/// One household's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierPage {
    /// The household; people masked unless asked otherwise.
    pub household: Household,
    /// The record of its file; none before one was opened.
    pub file: Option<CaseRow>,
    /// Its categories.
    pub categories: Vec<CategoryRow>,
    /// Open cases, the newest first.
    pub open: Vec<CaseRow>,
    /// Kind → how many there ever were.
    pub counts: BTreeMap<String, i64>,
    /// Letters issued from its cases.
    pub letters: Vec<IssuedLetter>,
    /// Documents and pictures of its cases.
    pub files: Vec<Attachment>,
    /// Who saw it.
    pub seen: Vec<SeenBy>,
}

/// Whom to call in an emergency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmergencyRow {
    /// Household id.
    pub household: String,
    /// Room in words.
    pub words: String,
    /// Who and which phones; nobody: the file lacks one.
    pub people: Vec<(String, String)>,
}

impl House {
    /// The branches below a place of the tree: buildings, stairwells, floors.
    pub async fn estate_tree(&self, site: i64, at: TreeFilter) -> Result<Vec<TreeNode>, Fault> {
        self.read(move |tx| tree(tx, site, &at)).await
    }

    /// Units below a place of the tree, `limit` after the last one seen.
    pub async fn estate_units(
        &self,
        site: i64,
        at: TreeFilter,
        today: Date,
        limit: i64,
    ) -> Result<Vec<EstateUnit>, Fault> {
        self.read(move |tx| units(tx, site, &at, today, limit.clamp(1, 200))).await
    }

    /// How the files of the site stand.
    pub async fn dossier_quality(&self, site: i64, today: Date) -> Result<DossierQuality, Fault> {
        self.read(move |tx| quality(tx, site, today)).await
    }

    /// One household's file; none when it is not on file.
    pub async fn dossier(&self, site: i64, id: String, unmask: bool) -> Result<Option<DossierPage>, Fault> {
        self.read(move |tx| page(tx, site, &id, unmask)).await
    }

    /// Whom to call in an emergency, building by building.
    pub async fn emergency_contacts(
        &self,
        site: i64,
        at: TreeFilter,
        unmask: bool,
        limit: i64,
    ) -> Result<Vec<EmergencyRow>, Fault> {
        self.read(move |tx| emergency(tx, site, &at, unmask, limit.clamp(1, 200))).await
    }
}

/// Conditions of a place of the tree behind `where h.site = $1`, and what they name.
fn below(at: &TreeFilter, vals: &mut Vec<crate::value::Val>) -> String {
    let mut text = String::new();
    let Some(building) = &at.building else { return text };
    for (column, value) in [
        ("phase", Some(&at.phase)),
        ("building", Some(building)),
        ("stairwell", at.stairwell.as_ref()),
        ("floor", at.floor.as_ref().filter(|_| at.stairwell.is_some())),
    ] {
        if let Some(value) = value {
            vals.push(value.as_str().into());
            text.push_str(&format!(" and h.{column} = ${}", vals.len()));
        }
    }
    text
}

/// A page of the units of a place of the tree, after the one seen last, from a text that ends in `where h.site = $1`.
fn page_of(
    tx: &mut dyn Tx,
    site: i64,
    all: &str,
    at: &TreeFilter,
    limit: i64,
) -> Result<Vec<crate::value::Row>, Fault> {
    let mut vals = vals![site].to_vec();
    let mut text = all.to_owned();
    text.push_str(&below(at, &mut vals));
    vals.push(at.after.as_str().into());
    text.push_str(&format!(" and h.words > ${}", vals.len()));
    vals.push(limit.into());
    text.push_str(&format!(" order by h.words limit ${}", vals.len()));
    tx.query(Sql::built(text), &vals)
}

fn tree(tx: &mut dyn Tx, site: i64, at: &TreeFilter) -> Result<Vec<TreeNode>, Fault> {
    let column = match (&at.building, &at.stairwell) {
        (None, _) => "building",
        (Some(_), None) => "stairwell",
        (Some(_), Some(_)) => "floor",
    };
    let mut vals = vals![site].to_vec();
    let mut text = format!(
        "select h.phase, h.{column}, count(*), count(case when h.occupancy like '%空%' then 1 end) from household_row h
         where h.site = $1"
    );
    text.push_str(&below(at, &mut vals));
    text.push_str(&format!(" group by h.phase, h.{column}"));
    let rows = tx.query(Sql::built(text), &vals)?;
    let node = |row: &crate::value::Row| -> Result<TreeNode, Fault> {
        Ok(TreeNode { phase: row.string(0)?, name: row.string(1)?, units: row.int(2)?, empty: row.int(3)? })
    };
    let mut nodes = rows.iter().map(node).collect::<Result<Vec<_>, _>>()?;
    let rank = |name: &str| (name.parse::<u32>().unwrap_or(u32::MAX), name.to_owned());
    nodes.sort_by_key(|it| (it.phase.clone(), rank(&it.name)));
    Ok(nodes)
}

fn units(tx: &mut dyn Tx, site: i64, at: &TreeFilter, today: Date, limit: i64) -> Result<Vec<EstateUnit>, Fault> {
    let all = "select h.id, h.words, h.unit_kind, h.occupancy, coalesce(p.name, '') from household_row h
         left join person_row p on p.site = h.site and p.household = h.id and p.place = 0 where h.site = $1";
    let rows = page_of(tx, site, all, at, limit)?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let id = row.string(0)?;
        let text = sql!(
            "select count(*), coalesce(sum(complete), 0), coalesce(sum(accurate), 0),
             count(case when complete = 1 and due >= $3 then 1 end) from dossier_row where site = $1 and household = $2"
        );
        let own = tx.first(text, &vals![site, &id, today.to_string()])?;
        let stands = match own.filter(|row| row.int(0).is_ok_and(|count| count > 0)) {
            Some(own) => Some((own.int(1)?, own.int(2)?, own.int(3)?)),
            None => None,
        };
        found.push(EstateUnit {
            id,
            words: row.string(1)?,
            kind: row.string(2)?,
            occupancy: row.string(3)?,
            name: masked(row.text(4)?),
            stands,
        });
    }
    Ok(found)
}

fn open_of(tx: &mut dyn Tx, site: i64, kind: &str) -> Result<i64, Fault> {
    let text = sql!("select count(*) from case_row where site = $1 and kind = $2 and ended = 0 and record = 1");
    Ok(tx.number(text, &vals![site, kind])?.unwrap_or(0))
}

fn quality(tx: &mut dyn Tx, site: i64, today: Date) -> Result<DossierQuality, Fault> {
    let text = sql!(
        "select count(*), coalesce(sum(complete), 0), coalesce(sum(accurate), 0),
         count(case when complete = 1 and due >= $2 then 1 end) from dossier_row where site = $1"
    );
    let row = tx.first(text, &vals![site, today.to_string()])?;
    let (categories, complete, accurate, valid) = match &row {
        Some(row) => (row.int(0)?, row.int(1)?, row.int(2)?, row.int(3)?),
        None => (0, 0, 0, 0),
    };
    Ok(DossierQuality {
        files: open_of(tx, site, REGISTER)?,
        categories,
        complete,
        accurate,
        valid,
        unfiled: unfiled(tx, site)?,
        to_confirm: open_of(tx, site, "contact_checks")?,
    })
}

/// Materials collected that nobody has filed.
fn unfiled(tx: &mut dyn Tx, site: i64) -> Result<i64, Fault> {
    let text = sql!("select count(*) from material_row where site = $1 and filed is null");
    Ok(tx.number(text, &vals![site])?.unwrap_or(0))
}

fn page(tx: &mut dyn Tx, site: i64, id: &str, unmask: bool) -> Result<Option<DossierPage>, Fault> {
    let entries = stream::load(tx, site, &format!("household:{id}"))?;
    let Some(mut household) = office::household::replay(id, &entries) else { return Ok(None) };
    if !unmask {
        mask(&mut household);
    }
    let mut cases = Vec::new();
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    let mut letters = Vec::new();
    for one in std::iter::once(id).chain(household.merged.iter().map(String::as_str)) {
        let text = format!(
            "select {CASE} from case_row c where c.site = $1 and c.household = $2 order by c.opened desc limit $3"
        );
        let rows = tx.query(Sql::built(text), &vals![site, one, SHOWN])?;
        for row in &rows {
            cases.push(case(row, 0)?);
        }
        let text = sql!("select kind, count(*) from case_row where site = $1 and household = $2 group by kind");
        for row in tx.query(text, &vals![site, one])? {
            *counts.entry(row.string(0)?).or_default() += row.int(1)?;
        }
        let text = sql!(
            "select f.number, f.form, f.case_id from case_row c join form_row f on f.site = c.site and f.case_id = c.id
             where c.site = $1 and c.household = $2 and f.form in ('reply_letter', 'written_notice', 'open_letter')
             order by f.number desc limit 50"
        );
        for row in tx.query(text, &vals![site, one])? {
            letters.push(IssuedLetter { number: row.string(0)?, form: row.string(1)?, case: row.string(2)? });
        }
    }
    cases.sort_by(|one, other| other.opened.cmp(&one.opened).then_with(|| one.id.cmp(&other.id)));
    let file = cases.iter().find(|it| it.kind.id() == REGISTER && !it.state.ended()).cloned();
    let categories = categories(tx, site, file.as_ref(), &cases, &counts)?;
    let files = files(tx, site, &cases)?;
    let hidden = |it: &&CaseRow| it.kind.id() != REGISTER && it.kind.id() != CATEGORIES_OF && !it.state.ended();
    let open = cases.iter().filter(hidden).take(30).cloned().collect();
    let text =
        sql!("select at, account, purpose from unmask_row where site = $1 and subject = $2 order by seq desc limit 20");
    let rows = tx.query(text, &vals![site, format!("household:{id}")])?;
    let seen = |row: &crate::value::Row| -> Result<SeenBy, Fault> {
        Ok(SeenBy { at: row.moment(0)?, account: row.string(1)?, purpose: row.string(2)? })
    };
    let seen = rows.iter().map(seen).collect::<Result<_, _>>()?;
    Ok(Some(DossierPage { household, file, categories, open, counts, letters, files, seen }))
}

fn categories(
    tx: &mut dyn Tx,
    site: i64,
    file: Option<&CaseRow>,
    cases: &[CaseRow],
    counts: &BTreeMap<String, i64>,
) -> Result<Vec<CategoryRow>, Fault> {
    let mut found = Vec::with_capacity(CATEGORIES.len());
    for (n, category) in CATEGORIES.iter().enumerate() {
        let id = file.map(|file| format!("{}-{}", file.id, n + 1));
        let record = match &id {
            Some(id) => office::case::replay(id, &stream::load(tx, site, &format!("case:{id}"))?),
            None => None,
        };
        let said = |key: &str| {
            let value = record.as_ref().and_then(|it| it.attributes.get(key));
            value.cloned().unwrap_or_default()
        };
        let of = |it: &&CaseRow| category.kinds.contains(&it.kind.id());
        found.push(CategoryRow {
            title: category.title,
            standing: record.as_ref().map(Standing::of).unwrap_or_default(),
            source: said("dossier.source"),
            not_applicable: said("dossier.not_applicable"),
            verifier: said("dossier.verifier"),
            cases: (
                category.kinds.iter().filter_map(|kind| counts.get(*kind)).sum(),
                cases.iter().filter(of).take(5).cloned().collect(),
            ),
            case: id.filter(|_| record.is_some()),
        });
    }
    Ok(found)
}

/// Documents and pictures of the newest cases that have some.
fn files(tx: &mut dyn Tx, site: i64, cases: &[CaseRow]) -> Result<Vec<Attachment>, Fault> {
    let (mut files, mut opened) = (Vec::new(), 0);
    for one in cases {
        let stream = format!("case:{}", one.id);
        let text = sql!("select hash from attachment_row where site = $1 and stream = $2 limit 1");
        if tx.first(text, &vals![site, &stream])?.is_none() {
            continue;
        }
        opened += 1;
        for entry in stream::load(tx, site, &stream)? {
            files.extend(entry.event.body.attachments);
        }
        if opened == WITH_FILES {
            break;
        }
    }
    Ok(files)
}

fn emergency(
    tx: &mut dyn Tx,
    site: i64,
    at: &TreeFilter,
    unmask: bool,
    limit: i64,
) -> Result<Vec<EmergencyRow>, Fault> {
    let rows = page_of(tx, site, "select h.id, h.words from household_row h where h.site = $1", at, limit)?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let id = row.string(0)?;
        let text = sql!(
            "select name, phones from person_row where site = $1 and household = $2 and tenure = $3 order by place"
        );
        let people = tx.query(text, &vals![site, &id, Tenure::EmergencyContact.id()])?;
        let shown = |row: &crate::value::Row| -> Result<(String, String), Fault> {
            let phones: Vec<String> = row.text(1)?.split('、').map(str::to_owned).collect();
            let phones: Vec<String> =
                phones.iter().map(|it| if unmask { it.clone() } else { masked_phone(it) }).collect();
            let name = if unmask { row.string(0)? } else { masked(row.text(0)?) };
            Ok((name, phones.join("、")))
        };
        let people = people.iter().map(shown).collect::<Result<_, _>>()?;
        found.push(EmergencyRow { household: id, words: row.string(1)?, people });
    }
    Ok(found)
}
