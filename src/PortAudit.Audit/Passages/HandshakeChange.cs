using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Passages;

/// <summary>What a device between two capture points did to the handshake of a TCP connection.</summary>
internal enum HandshakeChange
{
    /// <summary>Nothing, or it was not recorded on both sides.</summary>
    None,

    /// <summary>It gave the connection other sequence numbers, and passed the handshake on.</summary>
    SequenceNumbers,

    /// <summary>It answered the originator itself, and opened the way to the responder later with the originator's
    /// number (RFC 4987 §3.6 calls it a SYN proxy).</summary>
    AnsweredFirst,

    /// <summary>It ended the connection and opened another one: a proxy.</summary>
    NewConnection,
}

/// <summary>Compares the handshakes of one connection at two capture points.</summary>
internal static class HandshakeComparison
{
    /// <summary>What changed between them.</summary>
    public static HandshakeChange Of(FlowTrace one, FlowTrace other)
    {
        var isAnswerOther = AreDifferent(one.In.Opening, other.In.Opening);
        var isSynOther = AreDifferent(one.Out.Opening, other.Out.Opening);
        if (!isAnswerOther && !isSynOther)
            return HandshakeChange.None;
        if (!IsOwnHandshake(one, other))
            return HandshakeChange.SequenceNumbers;
        return isSynOther ? HandshakeChange.NewConnection : HandshakeChange.AnsweredFirst;
    }

    private static bool AreDifferent(TcpOpening? one, TcpOpening? other) =>
        one is not null && other is not null && one.SequenceNumber != other.SequenceNumber;

    /// <summary>
    /// True when the device made a handshake of its own, false when it forwarded the host's: then the host's clock is
    /// in the timestamp option on both sides; both directions lose the same number of hops; and whoever is nearer to
    /// the responder waits less for its answer. The first of these that can be said decides.
    /// </summary>
    private static bool IsOwnHandshake(FlowTrace one, FlowTrace other)
    {
        if (one.In.Opening?.Clock is { } answered && other.In.Opening?.Clock is { } answeredToo)
            return answered != answeredToo;
        if (one.Out.Opening?.Clock is { } asked && other.Out.Opening?.Clock is { } askedToo && asked != askedToo)
            return true;
        var (hopsOut, hopsIn) = (Hops(one.Out, other.Out), Hops(other.In, one.In));
        if (hopsOut is { } there && hopsIn is { } back && (there != 0 || back != 0))
            return there != back;
        return WaitOf(one) is { } wait && WaitOf(other) is { } otherWait && IsOneNearer(one, other)
            ? wait < otherWait
            : WaitOf(other) < WaitOf(one);
    }

    private static int? Hops(SideTrace near, SideTrace far) =>
        near.HopLimit == 0 || far.HopLimit == 0 ? null : near.HopLimit - far.HopLimit;

    private static long? WaitOf(FlowTrace trace) =>
        trace is { Out.Opening: { } syn, In.Opening: { } answer } ? answer.TimestampNs - syn.TimestampNs : null;

    /// <summary>True when the first point saw the SYN, measured against the answer, before the second one.</summary>
    private static bool IsOneNearer(FlowTrace one, FlowTrace other) =>
        other.Out.Opening!.TimestampNs - one.Out.Opening!.TimestampNs
        >= other.In.Opening!.TimestampNs - one.In.Opening!.TimestampNs;
}
