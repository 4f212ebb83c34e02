//! The columns of a list of places, by whatever heading it has: the usual ones of public lists (Shenzhen's among them), those that
//! a kind adds, and our own.

use shared::directory::{Kind, access::Feature};
use strum::VariantArray;

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Plain(Plain),
    Access(Feature),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub enum Plain {
    Id,
    Name,
    NameEn,
    Tier,
    Parent,
    Address,
    AddressEn,
    Division,
    Street,
    StreetCode,
    Community,
    CommunityCode,
    Latitude,
    Longitude,
    Datum,
    Phone,
    Hours,
    Services,
    Directions,
    DirectionsEn,
    Beds,
    NursingBeds,
    Places,
    Grade,
    GradeIssuer,
    GradeOn,
    ConfirmedOn,
    ClosedOn,
    ClosedReason,
    Demo,
}

impl Plain {
    /// Its name in a kind's data, our own heading, and what else lists call it.
    fn known(self) -> (&'static str, &'static str, &'static [&'static str]) {
        match self {
            Self::Id => ("id", "编号", &["机构编号", "站点编号", "代码"]),
            Self::Name => ("name", "名称", &["机构名称", "单位名称", "站点", "名字"]),
            Self::NameEn => ("name_en", "英文名称", &["英文名"]),
            Self::Tier => ("tier", "类型", &["类别", "机构类型", "type"]),
            Self::Parent => ("parent", "上级编号", &["上级", "所属中心编号"]),
            Self::Address => ("address", "地址", &["详细地址", "机构地址", "所在地址", "办公地址"]),
            Self::AddressEn => ("address_en", "英文地址", &[]),
            Self::Division => ("division", "所属区", &["区", "区域", "行政区", "所在区", "辖区", "district"]),
            Self::Street => ("street", "街道", &["所属街道", "街道名称", "镇街", "镇(街道)"]),
            Self::StreetCode => ("street_code", "街道代码", &[]),
            Self::Community => ("community", "社区", &["所属社区", "社区名称", "村(社区)"]),
            Self::CommunityCode => ("community_code", "社区代码", &[]),
            Self::Latitude => ("latitude", "纬度", &["lat", "y"]),
            Self::Longitude => ("longitude", "经度", &["lng", "lon", "x"]),
            Self::Datum => ("datum", "坐标系", &["坐标系统"]),
            Self::Phone => ("phone", "电话", &["联系电话", "咨询电话", "服务电话", "办公电话", "电话号码"]),
            Self::Hours => ("hours", "开放时间", &["营业时间", "服务时间", "办公时间", "工作时间", "business_hours"]),
            Self::Services => ("services", "服务项目", &["服务内容", "服务", "业务"]),
            Self::Directions => ("directions", "怎么走", &["交通", "交通指引"]),
            Self::DirectionsEn => ("directions_en", "英文怎么走", &[]),
            Self::Beds => ("beds", "床位数", &["床位", "核定床位"]),
            Self::NursingBeds => ("nursing_beds", "护理型床位数", &["护理床位", "护理型床位"]),
            Self::Places => ("places", "日间名额", &["名额"]),
            Self::Grade => ("grade", "等级", &["星级", "评定等级"]),
            Self::GradeIssuer => ("grade_issuer", "评定机构", &["评定单位"]),
            Self::GradeOn => ("grade_on", "评定日期", &["评定时间"]),
            Self::ConfirmedOn => ("confirmed_on", "核实日期", &["更新日期", "更新时间", "核实时间"]),
            Self::ClosedOn => ("closed_on", "停办日期", &[]),
            Self::ClosedReason => ("closed_reason", "停办原因", &[]),
            Self::Demo => ("demo", "演示", &[]),
        }
    }
}

impl Column {
    /// The column of a heading.
    pub fn of(heading: &str, kind: &Kind) -> Option<Self> {
        let heading = plain(heading);
        let is_plain = |column: &&Plain| {
            let (name, own, others) = column.known();
            let added = kind.columns.get(name).into_iter().flatten().map(String::as_str);
            [name, own].into_iter().chain(others.iter().copied()).chain(added).any(|known| plain(known) == heading)
        };
        let is_feature =
            |feature: &&Feature| [feature.name(), &feature.words().zh].iter().any(|known| plain(known) == heading);
        let found = Plain::VARIANTS.iter().find(is_plain).map(|column| Self::Plain(*column));
        found.or_else(|| Feature::ALL.iter().find(is_feature).map(|feature| Self::Access(*feature)))
    }

    /// All, in the order in which they are written.
    pub fn all() -> Vec<Self> {
        let plain = Plain::VARIANTS.iter().map(|column| Self::Plain(*column));
        plain.chain(Feature::ALL.iter().map(|feature| Self::Access(*feature))).collect()
    }

    /// As we write it.
    pub fn heading(self) -> String {
        match self {
            Self::Plain(column) => column.known().1.to_owned(),
            Self::Access(feature) => feature.words().zh,
        }
    }

    /// Whether it says no more of a place than when it was right.
    pub fn is_confirmation(self) -> bool {
        self == Self::Plain(Plain::ConfirmedOn)
    }

    /// In data that programs read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain(column) => column.known().0,
            Self::Access(feature) => feature.name(),
        }
    }
}

/// Without what lists add to a heading: spaces, stars, remarks in brackets, and breaks of merged cells.
fn plain(heading: &str) -> String {
    let narrow = |character: char| match character {
        '（' => '(',
        '）' => ')',
        other => other,
    };
    let heading: String = heading.chars().map(narrow).filter(|c| !c.is_whitespace() && *c != '*').collect();
    let end = heading.rfind('(').filter(|at| *at > 0 && heading.ends_with(')'));
    // `镇(街道)` is a name and no remark.
    let is_name = ["镇(街道)", "村(社区)"].contains(&heading.as_str());
    heading[..end.filter(|_| !is_name).unwrap_or(heading.len())].to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::kinds::kind;

    #[test]
    fn the_columns_of_public_lists_are_known_by_their_headings() {
        let kind = kind("elderly_station").unwrap();
        let plain = |heading: &str| Column::of(heading, kind);
        for (headings, column) in [
            (["名称", "机构名称*", " 站点名称（全称）"], Plain::Name),
            (["区", "所属区", "district"], Plain::Division),
            (["营业时间", "business_hours", "服务时间"], Plain::Hours),
            (["联系电话", "phone", "电话(区号)"], Plain::Phone),
            (["床位数", "beds", "床位"], Plain::Beds),
            (["镇（街道）", "街道", "street"], Plain::Street),
        ] {
            for heading in headings {
                assert_eq!(plain(heading), Some(Column::Plain(column)), "{heading}");
            }
        }
        assert_eq!(plain("有坡道"), Some(Column::Access(Feature::Ramp)));
        for heading in ["", "备注", "序号", "reservation_url", "(名称)"] {
            assert_eq!(plain(heading), None, "{heading}");
        }
    }

    #[test]
    fn every_column_is_known_by_what_it_is_written_as() {
        let kind = kind("marriage_registry").unwrap();
        for column in Column::all() {
            assert_eq!(Column::of(&column.heading(), kind), Some(column));
            assert_eq!(Column::of(column.name(), kind), Some(column));
        }
    }
}
