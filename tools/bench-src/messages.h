/* What the ends of a flow say to each other: the bytes of applications, one message after the other. */
#ifndef BENCH_MESSAGES_H
#define BENCH_MESSAGES_H

#include <stdint.h>

#include "random.h"

enum kind {
    DNS,         /* query and response */
    DNS_LOST,    /* a query and its retry, without any response */
    NTP,
    SNMP,
    SYSLOG,      /* one to three messages, one way */
    STUN,
    SIP_UDP,
    RTP,         /* both ways, 20 ms apart */
    TLS,         /* 1.3: everything after the ServerHello is opaque */
    HTTP,
    SIP_TCP,
    SMB,         /* SMB 3.0: NEGOTIATE in clear, everything after it encrypted */
    PRIVATE,     /* a protocol that nobody knows */
    SCAN,        /* SYN to a closed or filtered port */
    SYN_LOST,    /* SYN and its retries, without any answer */
    PING,
    KINDS
};

enum { MAXIMUM_HEAD = 1200 };

/* One application message: `head` bytes of `bytes`, then `body` bytes of noise. For UDP: one datagram. */
struct message {
    int from;
    uint32_t wait_us; /* silence before it, beside the way there */
    uint32_t head;
    uint32_t body;
    uint8_t bytes[MAXIMUM_HEAD];
};

/* What is said so far. */
struct talk {
    enum kind kind;
    struct random random;
    uint32_t number;    /* of the flow: names and identifiers derive from it */
    uint32_t step;
    uint32_t exchanges; /* requests that are still to come */
    uint32_t response;  /* bytes of each answer */
    uint32_t left;      /* bytes of the present answer that are still to come */
};

/* The next message, or 0 when all is said. */
int next_message(struct talk *talk, struct message *message);

#endif
