//! Asked of a storage on this machine, over HTTP and signed.

use testhouse::bucket::{ACCESS_KEY, BUCKET, REGION, S3, SECRET_KEY};

use super::*;

fn bucket(s3: &S3, secret: &str) -> Bucket {
    let builder = AmazonS3Builder::new()
        .with_endpoint(s3.endpoint())
        .with_region(REGION)
        .with_access_key_id(ACCESS_KEY)
        .with_secret_access_key(secret);
    let address = BucketAddress { bucket: BUCKET.to_owned(), folder: "huimin/files".to_owned() };
    Bucket::with(builder, &address).unwrap()
}

#[tokio::test]
async fn what_was_put_is_there_until_it_is_removed() {
    let s3 = S3::open();
    let bucket = bucket(&s3, SECRET_KEY);
    // More than is sent at once.
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    bucket.put("abcd-1", bytes.clone()).await.unwrap();
    assert_eq!(bucket.get("abcd-1").await.unwrap(), bytes);
    assert_eq!(s3.objects(), [bytes]);
    assert!(s3.names().iter().any(|name| name.ends_with("huimin/files/abcd-1")), "in the folder that was named");
    bucket.put("abcd-1", b"the same name".to_vec()).await.unwrap();
    assert_eq!(s3.objects().len(), 1);
    bucket.remove("abcd-1").await.unwrap();
    bucket.remove("abcd-1").await.unwrap();
    assert!(s3.objects().is_empty());
}

#[tokio::test]
async fn what_is_not_there_is_told_from_a_storage_that_does_not_answer() {
    let mut s3 = S3::open();
    let bucket = bucket(&s3, SECRET_KEY);
    assert!(matches!(bucket.get("none-1").await, Err(StoreError::Missing(_))));
    bucket.put("abcd-1", b"sealed".to_vec()).await.unwrap();
    s3.goes_away();
    assert!(matches!(bucket.get("abcd-1").await, Err(StoreError::Bucket(_))));
    assert!(matches!(bucket.put("abcd-2", b"sealed".to_vec()).await, Err(StoreError::Bucket(_))));
    assert!(matches!(bucket.remove("abcd-1").await, Err(StoreError::Bucket(_))));
    s3.comes_back();
    assert_eq!(bucket.get("abcd-1").await.unwrap(), b"sealed");
}

#[tokio::test]
async fn with_a_wrong_key_nothing_is_stored_read_or_removed() {
    let s3 = S3::open();
    bucket(&s3, SECRET_KEY).put("abcd-1", b"sealed".to_vec()).await.unwrap();
    let stranger = bucket(&s3, "another-secret-key");
    assert!(matches!(stranger.get("abcd-1").await, Err(StoreError::Bucket(_))));
    assert!(matches!(stranger.put("abcd-2", b"theirs".to_vec()).await, Err(StoreError::Bucket(_))));
    assert!(matches!(stranger.remove("abcd-1").await, Err(StoreError::Bucket(_))));
    assert_eq!(s3.objects(), [b"sealed"]);
}
