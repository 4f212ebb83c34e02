//! On which grounds a registrar refuses a marriage (婚姻登记条例 art 9): these four and no other.

use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::counter::Ground;
use crate::locale::Locale;

/// A ground of refusal, which has to be explained to the couple (婚姻登记条例 art 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum RefusalGround {
    /// He is not 22, or she is not 20 (Civil Code art 1047).
    UnderAge,
    /// Not of both their own free will (Civil Code art 1046). What the partner is told of it does not come from here.
    NotVoluntary,
    /// One of them is married already (Civil Code art 1042).
    HasSpouse,
    /// Lineal relatives, or collateral ones within three generations (Civil Code art 1048).
    CloseKin,
}

impl RefusalGround {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name under which the counter records it.
    pub fn ground(self) -> Ground {
        Ground::named(self.into())
    }

    /// The ground of a record; none where it is another service's.
    pub fn of(ground: &Ground) -> Option<Self> {
        ground.name().parse().ok()
    }

    /// As staff read and choose it.
    pub fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::UnderAge => locale.say("未到法定结婚年龄", "under the age of marriage"),
            Self::NotVoluntary => locale.say("非男女双方完全自愿", "not wholly of both their own free will"),
            Self::HasSpouse => locale.say("一方或者双方已有配偶", "one of them is married already"),
            Self::CloseKin => locale
                .say("属于直系血亲或者三代以内旁系血亲", "lineal relatives, or collateral within three generations"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ground_comes_back_from_the_record_of_a_visit() {
        for ground in RefusalGround::ALL {
            assert_eq!(RefusalGround::of(&ground.ground()), Some(*ground));
        }
        assert_eq!(RefusalGround::of(&Ground::named("no_agreement")), None);
    }
}
