//! The columns of the lists that Shenzhen publishes, each layout whole.

use server::directory::import::{Options, Read, Silent};
use server::directory::kinds;
use shared::directory::{Listing, Section};

use super::files::{options, over, read};

fn options_of(kind: &str) -> Options {
    Options { kind: kinds::kind(kind).unwrap(), demo: false, ..options() }
}

/// The places of a list, and the headings that were not read.
fn taken(file: &str, kind: &str) -> (Vec<Listing>, Vec<String>) {
    let Read { listings, mistakes, unknown, unread_hours, .. } = read(file.as_bytes(), &over(&[]), &options_of(kind));
    assert_eq!((mistakes.first(), unread_hours), (&[][..], vec![]), "{file}");
    (listings, unknown)
}

fn strings<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}

#[test]
fn registries_come_with_their_hours_and_without_the_address_of_another_booking() {
    let file = "name,address,business_hours,reservation_url,phone\n\
        演示婚姻登记处,示例路 1 号,\"周一至周五（法定节假日除外）上午9:00-12:00，下午2:00-5:30\",https://example.gov.cn/,0755-00000101\n";
    let (listings, unknown) = taken(file, "marriage_registry");
    assert_eq!(unknown, ["reservation_url"]);
    let one = &listings[0];
    assert_eq!(
        (one.name.zh.as_str(), one.address.zh.as_str(), one.times.rules().len()),
        ("演示婚姻登记处", "示例路 1 号", 2)
    );
    let confirmed: Vec<_> = one.confirmed.keys().copied().collect();
    assert_eq!(confirmed, [Section::Contact, Section::Location, Section::Hours]);
    let spaced = "name,address,business_hours,phone\n演示婚姻登记处,示例路 1 号,周一至周五9:00-12:00 14:00-18:00,0755-00000101\n";
    assert_eq!(taken(spaced, "marriage_registry").0[0].times.rules()[0].spans.len(), 2);
}

#[test]
fn a_registry_that_is_said_to_charge_is_a_mistake_at_its_cell_in_every_shape_of_a_file() {
    let geojson = |price: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":null,"properties":
            {{"名称":"演示登记处","services":[{{"service":"marriage","price_fen":{price}}}]}}}}]}}"#
        )
    };
    for (file, row, column) in [
        ("名称,服务项目\n演示登记处,结婚登记(9元)、补领证件\n".to_owned(), 2, "服务项目"),
        (geojson("900"), 1, "services"),
    ] {
        let mistakes = read(file.as_bytes(), &over(&[]), &options_of("marriage_registry")).mistakes;
        let told: Vec<_> =
            mistakes.first().iter().map(|one| (one.row, one.column.as_str(), one.reason.code())).collect();
        assert_eq!(told, [(row, column, "cell_free")], "{file}");
    }
    for file in ["名称,服务项目\n演示登记处,结婚登记\n".to_owned(), geojson("0"), geojson("null")] {
        let (listings, _) = taken(&file, "marriage_registry");
        assert_eq!(listings[0].services[0].price_fen, Some(0), "{file}");
    }
}

#[test]
fn canteens_come_although_their_types_are_none_of_ours() {
    let file = "name,district,address,phone,type\n\
        演示饭堂一,南山区,示例路 1 号,0755-00000101,社会餐饮企业\n演示饭堂二,福田区,示例路 2 号,0755-00000102-8001,长者饭堂\n";
    let (listings, unknown) = taken(file, "elderly_station");
    assert_eq!(unknown, ["type"]);
    let said: Vec<_> = listings.iter().map(|one| (one.division.as_str(), one.tier.as_deref())).collect();
    assert_eq!(said, [("440305", None), ("440304", None)]);
    assert!(listings.iter().all(|one| one.phone.is_some()));
    // In a list whose types are ours one that is not is a mistake.
    let mixed = format!("{file}演示饭堂三,南山区,示例路 3 号,,社区长者服务站\n");
    let mistakes = read(mixed.as_bytes(), &over(&[]), &options_of("elderly_station")).mistakes;
    let told: Vec<_> = mistakes.first().iter().map(|one| (one.row, one.reason.code())).collect();
    assert_eq!(told, [(2, "cell_tier"), (3, "cell_tier")]);
    // A kind without tiers has no type to be wrong about.
    let (_, unknown) = taken("name,address,type\n演示登记处,示例路 1 号,区级\n", "marriage_registry");
    assert_eq!(unknown, ["type"]);
}

#[test]
fn day_care_institutions_and_the_others_come_with_their_beds_and_districts() {
    for (file, unread, beds) in [
        (
            "name,district,address,nature,phone\n演示日间照料中心,南山区,示例路 1 号,公办民营,0755-00000101\n",
            strings(["nature"]),
            None,
        ),
        (
            "name,district,nature,address,beds,nursing_beds,phone\n演示养老院,福田区,民办,示例路 1 号,120,80,0755-00000101\n",
            strings(["nature"]),
            Some((120, 80)),
        ),
        ("name,district,address,phone\n演示救助站,盐田区,示例路 1 号,0755-00000101\n", strings([]), None),
        ("name,address,phone\n演示慈善超市,示例路 1 号,0755-00000101\n", strings([]), None),
    ] {
        let (listings, unknown) = taken(file, "elderly_station");
        assert_eq!(unknown, unread);
        let one = &listings[0];
        let found = one.capacity.map(|capacity| (capacity.beds.unwrap(), capacity.nursing_beds.unwrap()));
        assert_eq!((listings.len(), found), (1, beds));
        assert!(one.phone.is_some() && one.address.zh == "示例路 1 号" && one.division.starts_with("4403"), "{one:?}");
    }
}

#[test]
fn merged_cells_that_leave_places_in_no_street_are_told() {
    let file = "名称,街道,街道代码,地址\n甲,演示街道,440305900,一号\n乙,,,二号\n丙,,,三号\n";
    let Read { silent, listings, .. } = read(file.as_bytes(), &over(&[]), &options());
    assert_eq!(silent, [Silent { column: "街道".to_owned(), places: 2 }]);
    // What is known already is not lost, and so nothing is missing.
    let known: Vec<Listing> =
        listings.iter().map(|one| Listing { street: listings[0].street.clone(), ..one.clone() }).collect();
    let again = read(file.as_bytes(), &over(&known), &options());
    assert_eq!((again.silent, again.listings), (vec![], known));
}
