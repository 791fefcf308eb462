//! The yearly appraisal (考评): who is on the list, the personal report, the ratings by all and among colleagues (by ballots that name
//! nobody), the evaluation, the grade, reward or warning, and the file that stays.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

const FILE: &[CaseKind] = &[Record(crate::register::APPRAISALS)];
const HEADS: &[&str] = &[
    "window_head",
    "service_supervisor",
    "service_centre_head",
    "department_head",
    "personnel_head",
    "office_manager",
];
const FILE_STEP: Act = Act {
    kinds: FILE,
    posts: HEADS,
    without: &["appraisal.filed", "case.closed", "case.withdrawn"],
    again: false,
    effect: Effect::SignStaff,
    ..STEP
};
/// A method of the appraisal, which nobody repeats once the grade stands.
const METHOD: Act = Act {
    without: &["appraisal.graded", "appraisal.filed", "case.closed", "case.withdrawn"],
    again: true,
    ..FILE_STEP
};

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "appraisal.listed",
        title: "列入考评名单",
        said: "{who}把{case.person}列入考评名单。{note}",
        fields: &[need("case.person"), may("note")],
        without: &[],
        effect: Effect::Open,
        ..FILE_STEP
    },
    Act {
        id: "appraisal.self_reported",
        title: "个人述职",
        said: "{who}述职：{note}",
        posts: &[],
        fields: &[need("note")],
        ..METHOD
    },
    Act {
        id: "appraisal.rated_by_all",
        title: "民主测评",
        said: "{who}计票：民主测评收回 {appraisal.ballots} 票，平均 {appraisal.all_score} 分。{note}",
        fields: &[need("appraisal.ballots"), need("appraisal.all_score"), may("note")],
        ..METHOD
    },
    Act {
        id: "appraisal.rated_by_windows",
        title: "窗口互评",
        said: "{who}计票：互评收回 {appraisal.ballots} 票，平均 {appraisal.mutual_score} 分。{note}",
        fields: &[need("appraisal.ballots"), need("appraisal.mutual_score"), may("note")],
        ..METHOD
    },
    Act {
        id: "appraisal.rated_overall",
        title: "综合评价",
        said: "{who}综合评价[：岗位职责 {appraisal.duty_score} 分][，年度工作 {appraisal.year_score} 分][，考勤 {appraisal.attendance_score} 分]。{note}",
        fields: &[
            may("appraisal.duty_score"),
            may("appraisal.year_score"),
            may("appraisal.attendance_score"),
            may("appraisal.morals"),
            may("appraisal.ability"),
            may("appraisal.diligence"),
            may("appraisal.achievement"),
            may("note"),
        ],
        ..METHOD
    },
    Act {
        id: "appraisal.graded",
        title: "评定等级",
        said: "{who}评定为{appraisal.grade}[，考评人{appraisal.appraiser}]。{note}",
        fields: &[need("appraisal.grade"), may("appraisal.appraiser"), may("note")],
        ..FILE_STEP
    },
    Act {
        id: "appraisal.rewarded",
        title: "给予奖励",
        said: "{who}给予奖励：{note}",
        fields: &[need("note")],
        after: &["appraisal.graded"],
        ..FILE_STEP
    },
    Act {
        id: "appraisal.warned",
        title: "警告批评",
        said: "{who}警告批评：{note}",
        fields: &[need("note")],
        after: &["appraisal.graded"],
        ..FILE_STEP
    },
    Act {
        id: "appraisal.filed",
        title: "考评归档",
        said: "{who}归入考评档案。{note}",
        fields: &[may("note")],
        after: &["appraisal.graded"],
        ..FILE_STEP
    },
    Act {
        id: "appraisal.file_destroyed",
        title: "销毁考评档案",
        said: "{who}销毁考评档案：{note}",
        posts: &["office_manager"],
        fields: &[need("note")],
        after: &["appraisal.filed"],
        without: &[],
        ..FILE_STEP
    },
];
