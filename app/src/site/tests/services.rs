//! A portal offers what its settings say.

use super::*;

#[tokio::test]
async fn a_page_of_a_service_that_is_off_is_not_there_and_neither_is_its_tile() {
    for (off, on) in [("marriage", "benefits"), ("benefits", "marriage")] {
        let house = TestSite::open(&["--services", on]).await;
        let site = site();
        let rows = site.rows().iter().filter(|row| row.domain.service.is_some());
        for row in rows {
            let path = row.path.replace(['{', '}'], "");
            for method in &row.methods {
                let request = Request::builder().method(method).uri(&path);
                let request = request.header("content-type", "application/x-www-form-urlencoded");
                let answer = house.ask(request.body(Body::empty()).unwrap()).await;
                let gone = answer.status == StatusCode::NOT_FOUND && answer.body.contains("没有找到这个页面");
                if row.domain.name == off {
                    assert!(gone, "{method} {path}: {}", answer.status);
                } else {
                    assert_ne!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
                }
            }
        }
        let home = house.get("/").await.body;
        assert!(!home.contains(&format!("href=\"/{off}")) && home.contains(&format!("href=\"/{on}\"")), "{home}");
    }
}

#[tokio::test]
async fn the_pages_of_a_service_name_the_department_that_answers_for_it() {
    let house = TestSite::open(&["--demo", "--services", "marriage=南山区民政局,benefits"]).await;
    for row in site().rows().iter().filter(|row| !row.path.contains('{') && row.methods.contains(&Method::GET)) {
        let answer = house.get(&row.path).await;
        let named = answer.body.contains("承办单位：") && answer.body.contains("南山区民政局");
        let page = answer.body.contains("<footer");
        assert_eq!(named, page && row.domain.name == "marriage", "{}", row.path);
    }
    assert!(house.get("/en/marriage").await.body.contains("Provided by "));
}

#[test]
fn services_are_known_by_the_names_of_their_domains() {
    let services = crate::domains::services();
    for domain in server::domains::ALL {
        for service in domain.services {
            assert!(services.contains(service), "the API of {} serves nobody called {service}", domain.name);
        }
    }
    for domain in crate::domains::DOMAINS {
        if let Some(service) = &domain.service {
            assert!(site().rows().iter().any(|row| row.path == service.start), "{}", domain.name);
        }
    }
}

#[tokio::test]
async fn the_api_of_a_service_that_is_off_is_not_there_and_not_described() {
    for on in crate::domains::services() {
        let house = TestSite::open(&["--services", on]).await;
        let api = server::api::router(house.app.clone());
        let ask = async |method: &Method, path: &str| {
            let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
            let response = api.clone().oneshot(request).await.unwrap();
            let body = response.into_body().collect().await.unwrap().to_bytes();
            serde_json::from_slice::<serde_json::Value>(&body).unwrap_or_default()
        };
        let described = ask(&Method::GET, server::api::DOCUMENT).await;
        for row in server::api::rows() {
            let there = match row.domain {
                "ground" | "places" | "directory" | "staff" => true,
                "appointments" | "counter" => !["benefits", "stations", "procedures"].contains(&on),
                domain => domain == on,
            };
            assert_eq!(described["paths"].get(&row.path).is_some(), there, "{}", row.path);
            // A method that no address takes tells whether there is an address.
            let answer = ask(&Method::TRACE, &row.path.replace(['{', '}'], "")).await;
            let code = if there { "method_not_allowed" } else { "not_found" };
            assert_eq!(answer["code"], code, "{}", row.path);
        }
    }
}
