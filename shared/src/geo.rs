//! Points on the earth and the three systems in which Chinese maps number them.
//!
//! The same place has other numbers in each: GCJ-02 lies 460 to 600 m beside WGS-84 in the cities served here, BD-09 more
//! than a kilometre. So each system is a type of its own, and nothing turns one into another but what is named so.

mod bd09;
mod distance;
mod gcj02;
mod mainland;
mod sine;

/// Degrees, north and east positive, in a system that whoever holds them names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Degrees {
    pub latitude: f64,
    pub longitude: f64,
}

impl Degrees {
    pub const fn new(latitude: f64, longitude: f64) -> Self {
        Self { latitude, longitude }
    }

    fn plus(self, by: Self) -> Self {
        Self::new(self.latitude + by.latitude, self.longitude + by.longitude)
    }

    fn minus(self, other: Self) -> Self {
        Self::new(self.latitude - other.latitude, self.longitude - other.longitude)
    }
}

/// As satellites and phones measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wgs84(pub Degrees);

/// As public maps in China must number (国测局坐标系): Amap, Tencent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gcj02(pub Degrees);

/// As Baidu's maps number, on top of GCJ-02.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bd09(pub Degrees);

/// Rounds until an inverse lies within a millimetre; a single one is metres off.
const ROUNDS: usize = 5;

/// The point that `forward` turns into `wanted`, for a system that lies beside the other by little that changes slowly.
fn inverse(wanted: Degrees, forward: impl Fn(Degrees) -> Degrees) -> Degrees {
    (0..ROUNDS).fold(wanted, |guess, _| guess.minus(forward(guess).minus(wanted)))
}
