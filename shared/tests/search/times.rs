//! How long it takes and how large it is: shown, not judged, since machines differ.
//! `cargo test --release -p shared --features keys -- --ignored --nocapture what_the_search_costs`

use std::time::{Duration, Instant};

use shared::search::{Entry, Letters, Query, find, letters};

use super::DIVISIONS;

#[test]
#[ignore = "measures"]
fn what_the_search_costs() {
    let names: Vec<&str> = DIVISIONS.districts.iter().flat_map(|district| district.names.iter().copied()).collect();
    for many in [1_000, 20_000, 100_000] {
        let name = |at: usize| names[at * 7 % names.len()];
        let address = |at: usize| format!("{}{}路{}号", name(at + 1), name(at + 2), at % 300);
        let places: Vec<_> = (0..many).map(|at| (format!("{}敬老中心", name(at)), name(at + 3), address(at))).collect();
        let begun = Instant::now();
        let made = letters(places.iter().flat_map(|(name, community, address)| [name.as_str(), community, address]));
        let making = begun.elapsed();
        let text = String::from(made);
        let begun = Instant::now();
        let letters = Letters::try_from(text.clone()).unwrap();
        let entries: Vec<Entry> =
            places.iter().map(|(name, community, address)| letters.entry(name, community, address)).collect();
        println!("{many} places: letters of {} bytes made in {making:?}, entries in {:?}", text.len(), begun.elapsed());
        for typed in [
            "n",
            "ns",
            "nanshan",
            "nansjied",
            "南山",
            "社区",
            "nanshna",
            "xinancunjinglaozhongxin",
            "taoyuan jinglao",
            "shishishishishishishishishishi",
        ] {
            let query = Query::parse(typed).unwrap();
            let mut times: Vec<Duration> = (0..21)
                .map(|_| {
                    let begun = Instant::now();
                    find(&query, &letters, &entries);
                    begun.elapsed()
                })
                .collect();
            times.sort();
            println!(
                "  {typed}: {} hits, median {:?}, p95 {:?}",
                find(&query, &letters, &entries).len(),
                times[10],
                times[19]
            );
        }
    }
}
