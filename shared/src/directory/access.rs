//! How somebody gets in who cannot climb a step: separate facts, each known or not. What nobody has said is never a no.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::locale::Locale;
use crate::localised::Localised;

/// What is known of one thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Yes,
    No,
    #[default]
    Unknown,
}

/// The ways in and through a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Access {
    pub step_free_entrance: Fact,
    pub ramp: Fact,
    /// A door of 80 cm or more.
    pub wide_door: Fact,
    pub lift: Fact,
    pub accessible_toilet: Fact,
    pub parking: Fact,
}

/// One thing of [`Access`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Feature {
    StepFreeEntrance,
    Ramp,
    WideDoor,
    Lift,
    AccessibleToilet,
    Parking,
}

impl Feature {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Its name on the wire and as a column.
    pub fn name(self) -> &'static str {
        self.into()
    }

    pub fn words(self) -> Localised {
        let [zh, en] = match self {
            Self::StepFreeEntrance => ["入口没有台阶", "No step at the entrance"],
            Self::Ramp => ["有坡道", "Ramp"],
            Self::WideDoor => ["门宽 80 厘米以上", "Door 80 cm wide or more"],
            Self::Lift => ["有电梯", "Lift"],
            Self::AccessibleToilet => ["有无障碍厕所", "Accessible toilet"],
            Self::Parking => ["可以停车", "Parking"],
        };
        Localised::new(zh, en)
    }
}

impl Access {
    pub fn of(&self, feature: Feature) -> Fact {
        match feature {
            Feature::StepFreeEntrance => self.step_free_entrance,
            Feature::Ramp => self.ramp,
            Feature::WideDoor => self.wide_door,
            Feature::Lift => self.lift,
            Feature::AccessibleToilet => self.accessible_toilet,
            Feature::Parking => self.parking,
        }
    }

    pub fn set(&mut self, feature: Feature, fact: Fact) {
        let known = match feature {
            Feature::StepFreeEntrance => &mut self.step_free_entrance,
            Feature::Ramp => &mut self.ramp,
            Feature::WideDoor => &mut self.wide_door,
            Feature::Lift => &mut self.lift,
            Feature::AccessibleToilet => &mut self.accessible_toilet,
            Feature::Parking => &mut self.parking,
        };
        *known = fact;
    }

    /// Whether somebody in a wheelchair is known to get in, over no step or a ramp: where nobody has said so, nobody is sent.
    pub fn is_step_free(&self) -> bool {
        self.step_free_entrance == Fact::Yes || self.ramp == Fact::Yes
    }

    /// Whether anything is known at all.
    pub fn is_known(&self) -> bool {
        *self != Self::default()
    }
}

impl Fact {
    pub fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Yes => locale.say("有", "Yes"),
            Self::No => locale.say("没有", "No"),
            Self::Unknown => locale.say("不清楚", "Not known"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_in_a_wheelchair_is_sent_where_nobody_knows() {
        assert!(!Access::default().is_step_free());
        assert!(!Access { step_free_entrance: Fact::No, ..Access::default() }.is_step_free());
        assert!(Access { step_free_entrance: Fact::No, ramp: Fact::Yes, ..Access::default() }.is_step_free());
    }

    #[test]
    fn each_feature_is_a_fact_of_its_own() {
        for feature in Feature::ALL {
            let mut access = Access::default();
            access.set(*feature, Fact::No);
            let known: Vec<_> = Feature::ALL.iter().filter(|other| access.of(**other) != Fact::Unknown).collect();
            assert_eq!(known, [feature]);
            assert_eq!(feature.name().parse(), Ok(*feature));
        }
    }
}
