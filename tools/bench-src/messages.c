#include "messages.h"

#include <stdio.h>
#include <string.h>

#include "bytes.h"
#include "frames.h"

enum { MAXIMUM_TLS_RECORD = 16384, TLS_TAG = 17, SMB_READ = 65536, SMB_TRANSFORM = 52, SMB_HEADER = 64 };
enum { TLS_CHANGE_CIPHER = 0x14, TLS_HANDSHAKE = 0x16, TLS_DATA = 0x17 };
enum { DNS_A = 1, DNS_CNAME = 5, DNS_PTR = 12, DNS_AAAA = 28, DNS_OPT = 41 };

static const char *const WORDS[] = {"www", "mail", "api", "login", "files", "time", "static", "news", "cdn", "update", "portal", "edge", "sip", "meet", "web", "store"};

static const char *word(uint32_t index)
{
    return WORDS[index % (sizeof WORDS / sizeof *WORDS)];
}

static void put_noise(struct bytes *bytes, struct random *random, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++)
        put8(bytes, (uint32_t)(random_next(random) >> 56));
}

/* ---- DNS (RFC 1035 section 4, EDNS: RFC 6891) ---- */

static void put_name(struct bytes *bytes, const char *const *labels, int count)
{
    for (int i = 0; i < count; i++) {
        put8(bytes, (uint32_t)strlen(labels[i]));
        put_text(bytes, labels[i]);
    }
    put8(bytes, 0);
}

static void put_record(struct bytes *bytes, uint32_t name, uint32_t type, uint32_t seconds, uint32_t length)
{
    put16(bytes, name);
    put16(bytes, type);
    put16(bytes, 1);
    put32(bytes, seconds);
    put16(bytes, length);
}

static void put_answers(struct bytes *bytes, struct random *random, uint32_t type, uint32_t addresses)
{
    enum { TO_QUESTION = 0xC00C };
    uint32_t owner = TO_QUESTION;
    uint32_t size = type == DNS_A ? 4 : 16;
    if (type == DNS_PTR) {
        put_record(bytes, owner, type, 3600, 2);
        put16(bytes, TO_QUESTION);
        return;
    }
    const char *alias[] = {"a7f3c1", "edge", "example", "org"};
    put_record(bytes, owner, DNS_CNAME, 300, 0);
    uint32_t place = bytes->length - 2;
    owner = 0xC000 | bytes->length;
    put_name(bytes, alias, 4);
    close16(bytes, place);
    for (uint32_t i = 0; i < addresses; i++) {
        put_record(bytes, owner, type, 60, size);
        put_noise(bytes, random, size);
    }
}

static void put_dns(struct bytes *bytes, struct talk *talk, int is_response)
{
    char number[16];
    snprintf(number, sizeof number, "%s%u", word(talk->number), talk->number % 997);
    const char *labels[] = {number, word(talk->number / 16), "example", talk->number % 3 == 0 ? "com" : "net"};
    uint32_t type = talk->number % 20 == 7 ? DNS_PTR : talk->number % 3 == 1 ? DNS_AAAA : DNS_A;
    uint32_t addresses = 1 + talk->number % 5;
    int is_known = talk->number % 11 != 5;
    put16(bytes, talk->number * 40503u);
    put16(bytes, !is_response ? 0x0100 : is_known ? 0x8180 : 0x8183);
    put16(bytes, 1);
    put16(bytes, !is_response || !is_known ? 0 : type == DNS_PTR ? 1 : addresses + 1);
    put16(bytes, 0);
    put16(bytes, 1);
    put_name(bytes, labels, 4);
    put16(bytes, type);
    put16(bytes, 1);
    if (is_response && is_known)
        put_answers(bytes, &talk->random, type, addresses);
    put8(bytes, 0);
    put16(bytes, DNS_OPT);
    put16(bytes, 1232);
    put32(bytes, 0);
    put16(bytes, 0);
}

/* ---- Small datagram services ---- */

/* RFC 5905 section 7.3. */
static void put_ntp(struct bytes *bytes, struct talk *talk, int is_response)
{
    uint64_t now = ((uint64_t)0xED000000u + talk->number) << 32 | random_next(&talk->random) >> 32;
    put8(bytes, is_response ? 0x24 : 0x23);
    put8(bytes, is_response ? 2 : 0);
    put16(bytes, 0x06E9);
    put32(bytes, is_response ? 0x00000800u : 0);
    put32(bytes, is_response ? 0x00000400u : 0);
    put32(bytes, is_response ? 0xC6336401u : 0);
    put64(bytes, is_response ? now - ((uint64_t)60 << 32) : 0);
    put64(bytes, is_response ? now - 4096 : 0);
    put64(bytes, is_response ? now - 2048 : 0);
    put64(bytes, now);
}

/* RFC 3416: Get of sysUpTime.0 and its Response. */
static void put_snmp(struct bytes *bytes, struct talk *talk, int is_response)
{
    static const uint8_t version_and_community[] = {0x02, 0x01, 0x01, 0x04, 0x06, 'p', 'u', 'b', 'l', 'i', 'c'};
    static const uint8_t name[] = {0x06, 0x08, 0x2B, 0x06, 0x01, 0x02, 0x01, 0x01, 0x03, 0x00};
    uint32_t value = is_response ? 6 : 2;
    uint32_t binding = sizeof name + value;
    uint32_t pdu = 6 + 3 + 3 + 2 + 2 + binding;
    put8(bytes, 0x30);
    put8(bytes, sizeof version_and_community + 2 + pdu);
    put_bytes(bytes, version_and_community, sizeof version_and_community);
    put8(bytes, is_response ? 0xA2 : 0xA0);
    put8(bytes, pdu);
    put16(bytes, 0x0204);
    put32(bytes, talk->number & 0x7FFFFFFF);
    put_bytes(bytes, "\x02\x01\x00\x02\x01\x00", 6);
    put8(bytes, 0x30);
    put8(bytes, binding + 2);
    put8(bytes, 0x30);
    put8(bytes, binding);
    put_bytes(bytes, name, sizeof name);
    if (is_response) {
        put16(bytes, 0x4304);
        put32(bytes, 0x01000000u + talk->number);
    } else {
        put16(bytes, 0x0500);
    }
}

/* RFC 5424. */
static void put_syslog(struct bytes *bytes, struct talk *talk)
{
    char line[256];
    snprintf(line, sizeof line, "<134>1 2026-01-05T08:00:%02uZ %s%u.example.net app %u - - session %u from %s accepted after %u ms", talk->number % 60, word(talk->number), talk->number % 97,
        1000 + talk->number % 9000, talk->number, word(talk->number / 16), talk->number % 800);
    put_text(bytes, line);
}

/* RFC 8489 section 5: Binding, XOR-MAPPED-ADDRESS. */
static void put_stun(struct bytes *bytes, struct talk *talk, int is_response)
{
    put16(bytes, is_response ? 0x0101 : 0x0001);
    put16(bytes, is_response ? 12 : 0);
    put32(bytes, 0x2112A442u);
    put64(bytes, talk->number * 0x9E3779B97F4A7C15u);
    put32(bytes, talk->number);
    if (is_response) {
        put32(bytes, 0x00200008u);
        put16(bytes, 0x0001);
        put16(bytes, 0x2112u ^ (30000 + talk->number % 30000));
        put32(bytes, 0x2112A442u ^ (0xC6120000u + talk->number % 60000));
    }
}

/* RFC 3550 section 5.1: payload type 0, 160 samples a packet. */
static void put_rtp(struct bytes *bytes, struct talk *talk, uint32_t from)
{
    put16(bytes, 0x8000);
    put16(bytes, talk->step / 2 + talk->number);
    put32(bytes, talk->step / 2 * 160);
    put32(bytes, talk->number * 2 + from);
}

/* ---- SIP (RFC 3261) ---- */

static void put_sip(struct bytes *bytes, struct talk *talk, int is_response)
{
    char text[MAXIMUM_HEAD];
    const char *transport = talk->kind == SIP_UDP ? "UDP" : "TCP";
    uint32_t sequence = talk->step / 2 + 1;
    int length = snprintf(text, sizeof text,
        "%s\r\nVia: SIP/2.0/%s pc%u.example.net;branch=z9hG4bK%08x%u\r\nMax-Forwards: 70\r\nFrom: <sip:user%u@example.net>;tag=%x\r\nTo: <sip:user%u@example.net>%s\r\n"
        "Call-ID: %08x@pc%u.example.net\r\nCSeq: %u REGISTER\r\nContact: <sip:user%u@pc%u.example.net>\r\nExpires: 600\r\n%sContent-Length: 0\r\n\r\n",
        is_response ? "SIP/2.0 200 OK" : "REGISTER sip:example.net SIP/2.0", transport, talk->number, talk->number * 2654435761u, sequence, talk->number, talk->number, talk->number,
        is_response ? ";tag=srv" : "", talk->number * 40503u, talk->number, sequence, talk->number, talk->number, is_response ? "Server: registrar\r\n" : "User-Agent: phone/1.0\r\n");
    put_bytes(bytes, text, (uint32_t)length);
}

/* ---- HTTP (RFC 9112) ---- */

static void put_http_request(struct bytes *bytes, struct talk *talk)
{
    char text[MAXIMUM_HEAD];
    int length = snprintf(text, sizeof text,
        "GET /%s/%u/%u HTTP/1.1\r\nHost: %s%u.example.com\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
        "Accept: */*\r\nAccept-Language: en\r\nAccept-Encoding: gzip, deflate\r\nCookie: session=%08x%08x\r\nConnection: keep-alive\r\n\r\n",
        word(talk->number), talk->number, talk->step, word(talk->number / 16), talk->number % 500, talk->number * 2654435761u, talk->step);
    put_bytes(bytes, text, (uint32_t)length);
}

static void put_http_response(struct bytes *bytes, struct talk *talk)
{
    char text[MAXIMUM_HEAD];
    int length = snprintf(text, sizeof text,
        "HTTP/1.1 200 OK\r\nServer: httpd\r\nContent-Type: application/octet-stream\r\nContent-Length: %u\r\nCache-Control: max-age=3600\r\nETag: \"%08x\"\r\n\r\n", talk->response, talk->number);
    put_bytes(bytes, text, (uint32_t)length);
}

/* ---- TLS 1.3 (RFC 8446) ---- */

static void put_tls_record(struct bytes *bytes, uint32_t type, uint32_t length)
{
    put8(bytes, type);
    put16(bytes, 0x0303);
    put16(bytes, length);
}

static void put_extension(struct bytes *bytes, uint32_t type, const void *content, uint32_t length)
{
    put16(bytes, type);
    put16(bytes, length);
    put_bytes(bytes, content, length);
}

static void put_server_name(struct bytes *bytes, struct talk *talk)
{
    char name[64];
    uint32_t length = (uint32_t)snprintf(name, sizeof name, "%s%u.%s.example.com", word(talk->number), talk->number % 499, word(talk->number / 16));
    put16(bytes, 0);
    put16(bytes, length + 5);
    put16(bytes, length + 3);
    put8(bytes, 0);
    put16(bytes, length);
    put_bytes(bytes, name, length);
}

static void put_key_share(struct bytes *bytes, struct random *random, int is_client)
{
    put16(bytes, 51);
    put16(bytes, is_client ? 38 : 36);
    if (is_client)
        put16(bytes, 36);
    put16(bytes, 0x001D);
    put16(bytes, 32);
    put_noise(bytes, random, 32);
}

/* Begins a handshake record with one message; both lengths stay open. */
static void put_hello_begin(struct bytes *bytes, uint32_t type, struct random *random)
{
    put8(bytes, TLS_HANDSHAKE);
    put16(bytes, 0x0301);
    put16(bytes, 0);
    put8(bytes, type);
    put8(bytes, 0);
    put16(bytes, 0);
    put16(bytes, 0x0303);
    put_noise(bytes, random, 32);
    put8(bytes, 32);
    put_noise(bytes, random, 32);
}

static void put_client_hello(struct bytes *bytes, struct talk *talk)
{
    static const uint8_t ciphers[] = {0x13, 0x01, 0x13, 0x02, 0x13, 0x03, 0xC0, 0x2B, 0xC0, 0x2F, 0xC0, 0x2C, 0xC0, 0x30, 0xCC, 0xA9, 0xCC, 0xA8};
    static const uint8_t groups[] = {0, 6, 0, 0x1D, 0, 0x17, 0, 0x18};
    static const uint8_t signatures[] = {0, 16, 4, 3, 8, 4, 4, 1, 5, 3, 8, 5, 5, 1, 8, 6, 6, 1};
    static const uint8_t applications[] = {0, 12, 2, 'h', '2', 8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    static const uint8_t versions[] = {4, 3, 4, 3, 3};
    static const uint8_t key_modes[] = {1, 1};
    enum { WHOLE = 517 }; /* browsers pad the record to this: RFC 7685 section 4 */
    put_hello_begin(bytes, 1, &talk->random);
    put16(bytes, sizeof ciphers);
    put_bytes(bytes, ciphers, sizeof ciphers);
    put16(bytes, 0x0100);
    uint32_t extensions = bytes->length;
    put16(bytes, 0);
    put_server_name(bytes, talk);
    put_extension(bytes, 10, groups, sizeof groups);
    put_extension(bytes, 13, signatures, sizeof signatures);
    put_extension(bytes, 16, applications, sizeof applications);
    put_extension(bytes, 43, versions, sizeof versions);
    put_extension(bytes, 45, key_modes, sizeof key_modes);
    put_key_share(bytes, &talk->random, 1);
    uint32_t padding = WHOLE - bytes->length - 4;
    put16(bytes, 21);
    put16(bytes, padding);
    put_zeros(bytes, padding);
    close16(bytes, extensions);
    close16(bytes, 7);
    close16(bytes, 3);
}

/* ServerHello, the change of ciphers for old middle boxes, and the head of the record that holds the rest of the flight. */
static void put_server_flight(struct bytes *bytes, struct talk *talk, uint32_t certificates)
{
    static const uint8_t version[] = {3, 4};
    put_hello_begin(bytes, 2, &talk->random);
    put16(bytes, 0x1301);
    put8(bytes, 0);
    uint32_t extensions = bytes->length;
    put16(bytes, 0);
    put_extension(bytes, 43, version, sizeof version);
    put_key_share(bytes, &talk->random, 0);
    close16(bytes, extensions);
    close16(bytes, 7);
    close16(bytes, 3);
    put_tls_record(bytes, TLS_CHANGE_CIPHER, 1);
    put8(bytes, 1);
    put_tls_record(bytes, TLS_DATA, certificates);
}

static void put_client_finished(struct bytes *bytes, struct talk *talk)
{
    enum { FINISHED = 36 + TLS_TAG };
    put_tls_record(bytes, TLS_CHANGE_CIPHER, 1);
    put8(bytes, 1);
    put_tls_record(bytes, TLS_DATA, FINISHED);
    put_noise(bytes, &talk->random, FINISHED);
}

/* ---- SMB 3.0 ([MS-SMB2] 2.2.1, 2.2.3, 2.2.4, 2.2.41) ---- */

static void put_smb_header(struct bytes *bytes, uint32_t body, int is_response)
{
    put32(bytes, SMB_HEADER + body);
    put32(bytes, 0xFE534D42u);
    put16_little(bytes, SMB_HEADER);
    put16_little(bytes, 0);
    put32(bytes, 0);
    put16_little(bytes, 0); /* NEGOTIATE */
    put16_little(bytes, 1);
    put32_little(bytes, (uint32_t)is_response);
    put_zeros(bytes, SMB_HEADER - 20);
}

static void put_smb_negotiate(struct bytes *bytes, struct talk *talk)
{
    static const uint16_t dialects[] = {0x0202, 0x0210, 0x0300};
    put_smb_header(bytes, 36 + sizeof dialects, 0);
    put16_little(bytes, 36);
    put16_little(bytes, sizeof dialects / sizeof *dialects);
    put16_little(bytes, 1);
    put16_little(bytes, 0);
    put32_little(bytes, 0x7F);
    put_noise(bytes, &talk->random, 16);
    put_zeros(bytes, 8);
    for (uint32_t i = 0; i < sizeof dialects / sizeof *dialects; i++)
        put16_little(bytes, dialects[i]);
}

static void put_smb_choice(struct bytes *bytes, struct talk *talk)
{
    const uint64_t time = 134120160000000000u; /* a FILETIME of January 2026 */
    put_smb_header(bytes, 64, 1);
    put16_little(bytes, 65);
    put16_little(bytes, 1);
    put16_little(bytes, 0x0300);
    put16_little(bytes, 0);
    put_noise(bytes, &talk->random, 16);
    put32_little(bytes, 0x7F);
    put32_little(bytes, 8 << 20);
    put32_little(bytes, 8 << 20);
    put32_little(bytes, 8 << 20);
    put64_little(bytes, time);
    put64_little(bytes, time);
    put16_little(bytes, 0x80);
    put16_little(bytes, 0);
    put32(bytes, 0);
}

static void put_smb_transform(struct bytes *bytes, struct talk *talk, uint32_t body)
{
    put32(bytes, SMB_TRANSFORM + body);
    put32(bytes, 0xFD534D42u);
    put_noise(bytes, &talk->random, 32);
    put32_little(bytes, body);
    put16_little(bytes, 0);
    put16_little(bytes, 1);
    put64_little(bytes, 0x10000000ull + talk->number);
}

/* ---- The order of messages ---- */

/* Users read what came before they ask again. */
static void think(struct talk *talk, struct message *message)
{
    message->wait_us = talk->step == 0 ? 0 : random_between(&talk->random, 2000, random_once_in(&talk->random, 5) ? 4000000 : 200000);
}

static void serve(struct talk *talk, struct message *message)
{
    message->from = SERVER;
    message->wait_us = random_between(&talk->random, 100, random_once_in(&talk->random, 10) ? 80000 : 3000);
}

static int one_exchange(struct talk *talk, struct message *message, void (*put)(struct bytes *, struct talk *, int))
{
    struct bytes bytes = {message->bytes, 0};
    if (talk->exchanges == 0)
        return 0;
    if (talk->step % 2 == 0)
        think(talk, message);
    else
        serve(talk, message);
    put(&bytes, talk, message->from == SERVER);
    message->head = bytes.length;
    talk->exchanges -= talk->step % 2;
    return 1;
}

/* Retries or reports that nobody answers. */
static int one_way(struct talk *talk, struct message *message)
{
    struct bytes bytes = {message->bytes, 0};
    if (talk->exchanges-- == 0) {
        talk->exchanges = 0;
        return 0;
    }
    message->wait_us = talk->step == 0 ? 0 : talk->kind == DNS_LOST ? 5000000 : random_between(&talk->random, 1000, 900000);
    if (talk->kind == SYSLOG)
        put_syslog(&bytes, talk);
    else
        put_dns(&bytes, talk, 0);
    message->head = bytes.length;
    return 1;
}

static int audio(struct talk *talk, struct message *message)
{
    struct bytes bytes = {message->bytes, 0};
    if (talk->exchanges == 0)
        return 0;
    message->from = talk->step % 2 == 0 ? CLIENT : SERVER;
    message->wait_us = talk->step == 0 ? 0 : 10000;
    put_rtp(&bytes, talk, (uint32_t)message->from);
    message->head = bytes.length;
    message->body = 160;
    talk->exchanges -= talk->step % 2;
    return 1;
}

static int tls_data(struct talk *talk, struct message *message, struct bytes *bytes)
{
    if (talk->left > 0) {
        uint32_t length = talk->left < MAXIMUM_TLS_RECORD ? talk->left : MAXIMUM_TLS_RECORD;
        message->from = SERVER;
        message->body = length + TLS_TAG;
        talk->left -= length;
    } else if (talk->exchanges > 0) {
        talk->exchanges--;
        talk->left = talk->response;
        think(talk, message);
        message->body = random_between(&talk->random, 90, 700) + TLS_TAG;
    } else {
        return 0;
    }
    put_tls_record(bytes, TLS_DATA, message->body);
    return 1;
}

static int tls(struct talk *talk, struct message *message, struct bytes *bytes)
{
    if (talk->step == 0) {
        put_client_hello(bytes, talk);
    } else if (talk->step == 1) {
        serve(talk, message);
        message->body = random_between(&talk->random, 1800, 4200);
        put_server_flight(bytes, talk, message->body);
    } else if (talk->step == 2) {
        message->wait_us = random_between(&talk->random, 300, 2000);
        put_client_finished(bytes, talk);
    } else {
        return tls_data(talk, message, bytes);
    }
    return 1;
}

static int http(struct talk *talk, struct message *message, struct bytes *bytes)
{
    if (talk->exchanges == 0)
        return 0;
    if (talk->step % 2 == 0) {
        think(talk, message);
        put_http_request(bytes, talk);
        return 1;
    }
    serve(talk, message);
    put_http_response(bytes, talk);
    message->body = talk->response;
    talk->exchanges--;
    return 1;
}

static int smb_data(struct talk *talk, struct message *message, struct bytes *bytes)
{
    if (talk->left > 0) {
        message->body = talk->left < SMB_READ ? talk->left : SMB_READ;
        message->from = SERVER;
        talk->left -= message->body;
    } else if (talk->exchanges > 0) {
        talk->exchanges--;
        talk->left = talk->response;
        think(talk, message);
        message->body = random_between(&talk->random, 100, 300);
    } else {
        return 0;
    }
    put_smb_transform(bytes, talk, message->body);
    return 1;
}

static int smb(struct talk *talk, struct message *message, struct bytes *bytes)
{
    if (talk->step == 0) {
        put_smb_negotiate(bytes, talk);
    } else if (talk->step == 1) {
        serve(talk, message);
        put_smb_choice(bytes, talk);
    } else {
        return smb_data(talk, message, bytes);
    }
    return 1;
}

static int private_protocol(struct talk *talk, struct message *message, struct bytes *bytes)
{
    if (talk->exchanges == 0)
        return 0;
    if (talk->step % 2 == 0) {
        think(talk, message);
        message->body = random_between(&talk->random, 20, 400);
    } else {
        serve(talk, message);
        message->body = talk->response;
        talk->exchanges--;
    }
    put32(bytes, 0xB5A71C93u);
    put32(bytes, message->body);
    put64(bytes, talk->number);
    return 1;
}

static int stream_message(struct talk *talk, struct message *message)
{
    struct bytes bytes = {message->bytes, 0};
    int is_more = talk->kind == TLS ? tls(talk, message, &bytes) : talk->kind == HTTP ? http(talk, message, &bytes) : talk->kind == SMB ? smb(talk, message, &bytes) : private_protocol(talk, message, &bytes);
    message->head = bytes.length;
    return is_more;
}

static int any_message(struct talk *talk, struct message *message)
{
    switch (talk->kind) {
    case DNS:
        return one_exchange(talk, message, put_dns);
    case NTP:
        return one_exchange(talk, message, put_ntp);
    case SNMP:
        return one_exchange(talk, message, put_snmp);
    case STUN:
        return one_exchange(talk, message, put_stun);
    case SIP_UDP:
    case SIP_TCP:
        return one_exchange(talk, message, put_sip);
    case DNS_LOST:
    case SYSLOG:
        return one_way(talk, message);
    case RTP:
        return audio(talk, message);
    default:
        return stream_message(talk, message);
    }
}

int next_message(struct talk *talk, struct message *message)
{
    message->from = CLIENT;
    message->wait_us = 0;
    message->head = 0;
    message->body = 0;
    if (!any_message(talk, message))
        return 0;
    talk->step++;
    return 1;
}
