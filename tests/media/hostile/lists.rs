//! Lists of other files, and movies that point to other files, under the names of videos: nothing that they name is opened, nor asked for on any
//! network.

use std::{
    fs,
    io::ErrorKind,
    net::{TcpListener, UdpSocket},
};

use super::{
    Hostile, Trial,
    boxes::{atom, changed},
    good, hostile,
};

/// Each of them names `port` of this machine, or the file `secret`.
pub(super) fn all(port: u16, secret: &str) -> Vec<Hostile> {
    let at = format!("127.0.0.1:{port}");
    let mut all: Vec<Hostile> = lists(&at, secret)
        .into_iter()
        .map(|(name, text)| hostile(name, text))
        .collect();
    all.extend(movies(&at, secret));
    all
}

fn lists(at: &str, secret: &str) -> Vec<(&'static str, String)> {
    vec![
        (
            "m3u8-http.mp4",
            format!("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://{at}/a.ts\n#EXT-X-ENDLIST\n"),
        ),
        (
            "m3u8-file.mp4",
            format!("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{secret}\n#EXT-X-ENDLIST\n"),
        ),
        (
            "m3u8-key.ts",
            format!(
                "#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"http://{at}/key\"\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n"
            ),
        ),
        (
            "m3u8-marked.mp4",
            format!("\u{FEFF}#EXTM3U\n#EXTINF:1,\nhttp://{at}/b.mp4\n"),
        ),
        ("m3u.avi", format!("http://{at}/c.mp4\n")),
        (
            "concat.mp4",
            format!("ffconcat version 1.0\nfile 'http://{at}/d.mp4'\n"),
        ),
        ("concat-file.mov", format!("ffconcat version 1.0\nfile '{secret}'\n")),
        ("concat-bare.mkv", format!("file '{secret}'\nfile 'tcp://{at}'\n")),
        (
            "concat-subfile.mp4",
            format!("ffconcat version 1.0\nfile 'subfile,,start,0,end,99,,:{secret}'\n"),
        ),
        (
            "dash.mp4",
            format!(
                "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" mediaPresentationDuration=\"PT1S\"><Period><AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\" bandwidth=\"1\"><BaseURL>http://{at}/e.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>"
            ),
        ),
        (
            "smooth.mp4",
            format!(
                "<SmoothStreamingMedia MajorVersion=\"2\" Duration=\"1\"><StreamIndex Url=\"http://{at}/q\"/></SmoothStreamingMedia>"
            ),
        ),
        (
            "cue.mp4",
            format!("FILE \"{secret}\" WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n"),
        ),
        (
            "asx.wmv",
            format!("<ASX VERSION=\"3.0\"><ENTRY><REF HREF=\"http://{at}/f.wmv\"/></ENTRY></ASX>"),
        ),
        (
            "asf-reference.wmv",
            format!("[Reference]\r\nRef1=http://{at}/g.asf?MSWMExt=.asf\r\n"),
        ),
        (
            "pls.mp4",
            format!("[playlist]\nNumberOfEntries=1\nFile1=http://{at}/h.mp4\n"),
        ),
        (
            "sdp.mp4",
            format!(
                "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {} RTP/AVP 96\na=rtpmap:96 H264/90000\n",
                at.rsplit(':').next().unwrap()
            ),
        ),
        ("rtsp.mov", format!("RTSPtextRTSP://{at}/i\r\n")),
        ("rtsp-address.ts", format!("rtsp://{at}/j\n")),
        ("udp-address.ts", format!("udp://{at}?localaddr=127.0.0.1\n")),
        (
            "smil.mp4",
            format!("<smil><body><video src=\"http://{at}/k.mp4\"/></body></smil>"),
        ),
        (
            "page.mp4",
            format!(
                "<!DOCTYPE html><html><video src=\"http://{at}/l.mp4\"></video><img src=\"http://{at}/l.png\"></html>"
            ),
        ),
        (
            "drawing.png",
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><image href=\"http://{at}/m.png\"/></svg>"
            ),
        ),
        (
            "drawing.mp4",
            format!(
                "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY x SYSTEM \"file://{secret}\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&x;</text></svg>"
            ),
        ),
        (
            "script.avi",
            format!("ClearEnvironment\nDirectShowSource(\"http://{at}/n.avi\")\n"),
        ),
        (
            "magick.png",
            format!(
                "push graphic-context\nviewbox 0 0 9 9\nimage over 0,0 0,0 'http://{at}/o.png'\npop graphic-context\n"
            ),
        ),
        ("link.mp4", format!("[InternetShortcut]\r\nURL=http://{at}/p.mp4\r\n")),
        (
            "xspf.mp4",
            format!(
                "<playlist version=\"1\" xmlns=\"http://xspf.org/ns/0/\"><trackList><track><location>http://{at}/r.mp4</location></track></trackList></playlist>"
            ),
        ),
    ]
}

/// Movies whose pictures are in another file, and movies with a list behind their heads.
fn movies(at: &str, secret: &str) -> Vec<Hostile> {
    let movie = good("baseline.mp4");
    let elsewhere = |kind: &[u8; 4], data: &[u8]| {
        let entry = atom(kind, &[&[0; 4][..], data].concat());
        let content = [&[0, 0, 0, 0, 0, 0, 0, 1][..], &entry].concat();
        changed(&movie, b"dref", &|_| atom(b"dref", &content))
    };
    // What a Macintosh calls an alias: 150 bytes, then tags, of which 18 is the path.
    let mut alias = vec![0; 150];
    alias[5] = 150;
    alias[6..8].copy_from_slice(&[0, 2]);
    alias.extend([0, 18]);
    alias.extend((secret.len() as u16).to_be_bytes());
    alias.extend(secret.as_bytes());
    alias.extend([0xFF, 0xFF, 0, 0]);
    let reference = {
        let rdrf = [
            &[0; 4][..],
            b"url ",
            &(at.len() as u32 + 8).to_be_bytes(),
            b"http://",
            at.as_bytes(),
            b"/",
        ]
        .concat();
        let rmda = atom(b"rmda", &atom(b"rdrf", &rdrf));
        [
            &movie[..32],
            &atom(b"moov", &atom(b"rmra", &rmda)),
            &atom(b"mdat", b"x"),
        ]
        .concat()
    };
    let list = format!("#EXTM3U\n#EXTINF:1,\nhttp://{at}/s.ts\n#EXT-X-ENDLIST\n");
    let packets = [&[0x47, 0x1F, 0xFF, 0x10][..], &[0xFF; 184]].concat().repeat(8);
    vec![
        hostile(
            "pictures-on-a-network.mov",
            elsewhere(b"url ", format!("http://{at}/t.mp4\0").as_bytes()),
        ),
        hostile(
            "pictures-in-a-file.mov",
            elsewhere(b"url ", format!("file://{secret}\0").as_bytes()),
        ),
        hostile(
            "pictures-by-name.mov",
            elsewhere(b"urn ", format!("x\0{secret}\0").as_bytes()),
        ),
        hostile("pictures-by-alias.mov", elsewhere(b"alis", &alias)),
        hostile("reference-movie.mov", reference),
        hostile("head-and-list.mp4", [&movie[..32], list.as_bytes()].concat()),
        hostile("packets-and-list.ts", [&packets, list.as_bytes()].concat()),
        hostile("gif-and-list.gif", [b"GIF89a", list.as_bytes()].concat()),
    ]
}

// Fault 67, 68.
#[test]
fn what_a_list_names_is_never_opened_nor_asked_for() {
    // Both on one port: what is named by it is heard, whatever the protocol.
    let (tcp, udp) = (0..100)
        .find_map(|_| {
            let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
            let udp = UdpSocket::bind(tcp.local_addr().unwrap()).ok()?;
            Some((tcp, udp))
        })
        .unwrap();
    tcp.set_nonblocking(true).unwrap();
    udp.set_nonblocking(true).unwrap();
    let mut trial = Trial::new();
    let secret = trial.folder.path().join("secret.mp4");
    fs::write(&secret, good("moving.gif")).unwrap();
    let files = all(tcp.local_addr().unwrap().port(), secret.to_str().unwrap());
    for file in &files {
        let ends = trial.all_ways(file);
        // A movie may hold what it says is elsewhere; the secret has other pictures than it.
        let is_movie = file.name.starts_with("pictures-");
        for end in ends {
            let is_own = is_movie && end == "a clip of 30 frames";
            assert!(is_own || !end.starts_with("a "), "{}: {end}", file.name);
        }
    }
    assert_eq!(tcp.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
    assert_eq!(udp.recv(&mut [0; 64]).unwrap_err().kind(), ErrorKind::WouldBlock);
    trial.figures();
}
