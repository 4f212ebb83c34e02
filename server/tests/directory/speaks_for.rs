//! Which places a list speaks for: what it does not have of them is a question.

use server::directory::import::{Gone, Missing, Options, Preview, Read, Refused};
use shared::directory::Listing;

use super::files::{options, over, read};

/// So many places of a district.
fn places(division: &str, count: usize) -> Vec<Listing> {
    let rows: Vec<_> = (0..count).map(|n| format!("p-{division}-{n},演示站 {n},{division}")).collect();
    let file = format!("编号,名称,区\n{}\n", rows.join("\n"));
    let Read { listings, mistakes, .. } =
        read(file.as_bytes(), &over(&[]), &Options { source: "更早".to_owned(), ..options() });
    assert_eq!(mistakes.first(), []);
    listings
}

/// Over three districts of a city and one of another, with this many places each.
fn over_all(listings: Vec<Listing>, count: usize, options: &Options) -> Preview {
    let known = ["440303", "440304", "440305", "330203"].map(|division| places(division, count)).concat();
    Preview::of(listings, &over(&known), options)
}

#[test]
fn a_list_of_a_city_that_lost_a_district_is_asked_about_it_and_one_of_a_district_speaks_for_itself() {
    let city = || [places("440303", 30), places("440305", 30)].concat();
    let lost = over_all(city(), 30, &options());
    assert_eq!((lost.gone.len(), lost.open_before), (30, 90));
    assert_eq!(lost.admit(Gone::Ask), Err(Refused::TooManyGone { gone: 30, open: 90 }));
    let district = over_all(places("440305", 29), 30, &options());
    let one = Missing { places: 1, is_whole_list_guessed: true };
    assert_eq!((district.gone.len(), district.admit(Gone::Ask)), (1, Err(Refused::Question(one))));
    // Somebody says which districts it is of.
    let of = |codes: &[&str]| Options { whole_of: codes.iter().map(|code| (*code).to_owned()).collect(), ..options() };
    assert_eq!(over_all(city(), 30, &of(&["440303", "440305"])).gone.len(), 0);
    assert_eq!(over_all(places("440305", 30), 30, &of(&["4403"])).gone.len(), 60);
    // Whoever has said it is not asked for it again.
    let said = over_all(places("440305", 29), 30, &of(&["440305"])).admit(Gone::Ask);
    let one = Missing { places: 1, is_whole_list_guessed: false };
    assert_eq!(said, Err(Refused::Question(one)));
    let words = Refused::Question(one).to_string();
    assert_eq!(words, "1 place is not in the file: say whether it closes (--gone close) or stays (--gone keep)");
    let words = Refused::Question(Missing { places: 2, is_whole_list_guessed: true }).to_string();
    assert!(words.starts_with("2 places are not in the file") && words.ends_with("(--whole-of)"), "{words}");
}

#[test]
fn what_the_same_office_confirmed_before_is_its_own_to_miss() {
    let theirs = Options { source: "更早".to_owned(), ..options() };
    assert_eq!(over_all(places("440305", 30), 30, &theirs).gone.len(), 90);
}

#[test]
fn of_few_places_one_may_close_and_never_two() {
    let six = |left: usize| over_all(places("440305", left), 6, &options());
    assert!(matches!(six(5).admit(Gone::Ask), Err(Refused::Question(Missing { places: 1, .. }))));
    assert_eq!(six(5).admit(Gone::Close), Ok(()));
    assert_eq!(six(4).admit(Gone::Close), Err(Refused::TooManyGone { gone: 2, open: 6 }));
}
