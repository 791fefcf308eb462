//! Columns of the ledger and the headings under which offices keep them (列).

use serde::{Deserialize, Serialize};

use crate::headed::Columns;

/// A column that the import understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// 分期.
    Phase,
    /// 楼栋.
    Building,
    /// 单元.
    Stairwell,
    /// 楼层.
    Floor,
    /// 房号.
    Room,
    /// 房屋类型.
    Kind,
    /// 建筑面积.
    Area,
    /// 业主姓名.
    Owner,
    /// 证件号码.
    Identity,
    /// 电话.
    Phone,
    /// 紧急联系人.
    Emergency,
    /// 交付日期.
    Handover,
    /// 入住日期.
    MoveIn,
    /// 使用状态.
    Occupancy,
    /// 租户.
    Tenant,
    /// 车位号.
    Parking,
    /// 车牌号.
    Plates,
    /// 银行账号.
    Bank,
    /// 备注.
    Remark,
}

use Column::*;

impl Columns for Column {
    const HEADINGS: &'static [(Column, &'static str, &'static [&'static str])] = &[
        (Phase, "分期", &["期", "期数", "项目分期", "组团"]),
        (Building, "楼栋", &["栋", "楼号", "栋号", "幢", "楼座", "座", "楼栋号", "幢号"]),
        (Stairwell, "单元", &["单元号", "门", "梯"]),
        (Floor, "楼层", &["层", "层数"]),
        (Room, "房号", &["房间号", "室号", "房间", "单元房号", "房产", "房屋编号", "门牌", "室"]),
        (Kind, "房屋类型", &["类型", "物业类型", "用途", "房屋用途"]),
        (Area, "建筑面积", &["面积", "面积(㎡)", "建筑面积(㎡)", "建筑面积(平方米)", "建面"]),
        (Owner, "业主姓名", &["业主", "姓名", "户主", "产权人", "业主名称", "客户名称"]),
        (Identity, "证件号码", &["身份证", "身份证号", "身份证号码", "证件号"]),
        (Phone, "电话", &["联系电话", "手机", "手机号", "手机号码", "业主电话", "联系方式", "电话号码"]),
        (Emergency, "紧急联系人", &["紧急联系", "紧急联系人及电话"]),
        (Handover, "交付日期", &["交楼日期", "收楼日期", "交房日期", "收房日期"]),
        (MoveIn, "入住日期", &["入伙日期", "入住时间"]),
        (Occupancy, "使用状态", &["状态", "入住状态", "居住状态"]),
        (Tenant, "租户", &["租户姓名", "承租人", "租客"]),
        (Parking, "车位号", &["车位", "停车位"]),
        (Plates, "车牌号", &["车牌", "车牌号码"]),
        (Bank, "银行账号", &["银行卡号", "账号", "托收账号", "银行帐号"]),
        (Remark, "备注", &["说明", "备考"]),
    ];
}
