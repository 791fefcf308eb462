//! Columns of the price list and the headings under which offices keep them (列).

use serde::{Deserialize, Serialize};

use crate::headed::Columns;

/// A column that the import understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// 工种.
    Trade,
    /// 项目.
    Name,
    /// 种类.
    Kind,
    /// 单位.
    Unit,
    /// 单价（元）.
    Price,
    /// 生效日.
    From,
    /// 失效日.
    Until,
    /// 免费.
    Free,
    /// 保修期内免费.
    Warranty,
    /// 备注.
    Remark,
}

use Column::*;

impl Columns for Column {
    const HEADINGS: &'static [(Column, &'static str, &'static [&'static str])] = &[
        (Trade, "工种", &["类别", "分类", "项目类别", "专业", "服务类别", "工程类别"]),
        (
            Name,
            "项目",
            &["维修项目", "服务项目", "收费项目", "项目名称", "服务内容", "维修内容", "名称", "有偿服务项目", "内容"],
        ),
        (Kind, "种类", &["收费种类", "费用种类", "人工或材料", "性质"]),
        (Unit, "单位", &["计量单位", "计费单位", "收费单位"]),
        (
            Price,
            "单价（元）",
            &[
                "单价(元)",
                "单价",
                "价格",
                "收费标准",
                "收费标准(元)",
                "价格(元)",
                "标准(元)",
                "金额",
                "人工费",
                "人工费(元)",
                "收费",
            ],
        ),
        (From, "生效日", &["生效日期", "执行日期", "启用日期", "自", "起始日期"]),
        (Until, "失效日", &["失效日期", "终止日期", "截止日期", "至", "有效期至"]),
        (Free, "免费", &["是否免费", "免费项目"]),
        (Warranty, "保修期内免费", &["保修", "保修免费", "保修期免费", "质保"]),
        (Remark, "备注", &["说明", "备考", "附注"]),
    ];
}
