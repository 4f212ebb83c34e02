//! How finely the points of a list are written. One point alone does not tell: spreadsheets and JSON drop the noughts at the end
//! of a number, so that in a list of five decimals here and there one has three.

/// Decimals below which a point is no place to go to.
const FEWEST: usize = 4;
/// A millionth of a degree is ten centimetres: more decimals say nothing.
const MOST: usize = 6;
/// What is expected less often than once in so many lists is no chance.
const RARE: f64 = 0.004;

/// The numbers of a list by the decimals that they have: its latitudes, its longitudes, or of each point the finer of both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decimals([u32; MOST + 1]);

/// How many numbers have to end with noughts where one of [`Decimals`] is short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// One: a latitude, or a longitude.
    Column,
    /// Both of a point.
    Points,
}

/// Whether a number is coarse if its list is.
pub fn is_few(decimals: usize) -> bool {
    decimals < FEWEST
}

impl Decimals {
    pub fn add(&mut self, decimals: usize) {
        self.0[decimals.min(MOST)] += 1;
    }

    /// Whether more have few decimals than noughts dropped by chance can account for, by how few they are.
    pub fn are_coarse(&self, of: Of) -> bool {
        let usual = self.usual();
        if usual < FEWEST {
            return self.0[..FEWEST].iter().any(|count| *count > 0);
        }
        let nought = match of {
            Of::Column => 0.1,
            Of::Points => 0.01,
        };
        let all = f64::from(self.0.iter().sum::<u32>());
        (0..FEWEST).any(|few| {
            let chance = (few..usual).fold(1.0, |chance, _| chance * nought);
            let expected = all * chance;
            let most = if expected < RARE { 0.0 } else { (expected + 3.0 * expected.sqrt()).ceil() };
            f64::from(self.0[..=few].iter().sum::<u32>()) > most
        })
    }

    /// The decimals of the one in the middle.
    fn usual(&self) -> usize {
        let half = self.0.iter().sum::<u32>() / 2;
        let mut before = 0;
        let is_middle = |count: &u32| {
            before += count;
            before > half
        };
        self.0.iter().position(is_middle).unwrap_or(MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    fn of(points: impl IntoIterator<Item = usize>) -> Decimals {
        let mut decimals = Decimals::default();
        points.into_iter().for_each(|point| decimals.add(point));
        decimals
    }

    /// What is left of as many digits behind the point, once noughts are dropped.
    fn dropped(dice: &mut Dice, digits: u32) -> usize {
        let (number, width) = (dice.below(10_u32.pow(digits)), digits as usize);
        format!("{number:0width$}").trim_end_matches('0').len()
    }

    #[test]
    fn a_list_whose_numbers_lost_their_last_noughts_is_not_coarse() {
        for digits in [4, 5, 6] {
            for size in [30, 100, 500, 2_000, 20_000] {
                let mut dice = Dice::of(&format!("{digits} {size}"));
                let column = of((0..size).map(|_| dropped(&mut dice, digits)));
                assert!(!column.are_coarse(Of::Column), "{digits} digits, {size} numbers: {column:?}");
                let points = of((0..size).map(|_| dropped(&mut dice, digits).max(dropped(&mut dice, digits))));
                assert!(!points.are_coarse(Of::Points), "{digits} digits, {size} points: {points:?}");
            }
        }
    }

    #[test]
    fn a_list_of_few_decimals_is_coarse_and_so_is_a_place_among_finer_ones() {
        for coarse in [of([3]), of([2; 500]), of([5, 5, 5, 1]), of((0..1_000).map(|n| if n % 20 == 0 { 2 } else { 5 }))]
        {
            assert!(coarse.are_coarse(Of::Column) && coarse.are_coarse(Of::Points), "{coarse:?}");
        }
        // One number in a hundred ends with two noughts; that both of a point do is no chance.
        assert!(of([5, 5, 5, 3]).are_coarse(Of::Points) && !of([5, 5, 5, 3]).are_coarse(Of::Column));
        assert!(of([5, 5, 5, 3, 3, 3]).are_coarse(Of::Column));
        assert!(
            [Of::Column, Of::Points].iter().all(|each| !of([]).are_coarse(*each) && !of([4, 15]).are_coarse(*each))
        );
    }
}
