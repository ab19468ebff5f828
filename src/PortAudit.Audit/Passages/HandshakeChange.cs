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
    /// <summary>Assumed clock difference, in nanoseconds, when it is unknown.</summary>
    private const long ToleranceNs = 5_000_000_000;

    /// <summary>What changed between them.</summary>
    /// <param name="first">What the first point recorded.</param>
    /// <param name="second">What the second point recorded.</param>
    /// <param name="offsetNs">How much later the second clock reads, in nanoseconds; null when that is not
    /// known.</param>
    public static HandshakeChange Of(FlowTrace first, FlowTrace second, long? offsetNs)
    {
        var isAnswerOther = AreDifferent(first.In.Opening, second.In.Opening);
        var isSynOther = AreDifferent(first.Out.Opening, second.Out.Opening);
        if (!isAnswerOther && !isSynOther)
            return HandshakeChange.None;
        if (!IsOwnHandshake(first, second, offsetNs))
            return HandshakeChange.SequenceNumbers;
        return isSynOther ? HandshakeChange.NewConnection : HandshakeChange.AnsweredFirst;
    }

    private static bool AreDifferent(TcpOpening? one, TcpOpening? other) =>
        one is not null && other is not null && one.SequenceNumber != other.SequenceNumber;

    /// <summary>
    /// True when the device made its own handshake, false when it forwarded the host's: then the host's clock is in the
    /// timestamp option on both sides, both directions lose the same number of hops, and one handshake lies within the
    /// other. The first known of these decides.
    /// </summary>
    private static bool IsOwnHandshake(FlowTrace first, FlowTrace second, long? offsetNs)
    {
        if (first.In.Opening?.Clock is { } answered && second.In.Opening?.Clock is { } answeredToo)
            return answered != answeredToo;
        if (first.Out.Opening?.Clock is { } asked && second.Out.Opening?.Clock is { } askedToo && asked != askedToo)
            return true;
        var (hopsOut, hopsIn) = (Hops(first.Out, second.Out), Hops(second.In, first.In));
        if (hopsOut is { } there && hopsIn is { } back && (there != 0 || back != 0))
            return there != back;
        return AreApart(first, second, offsetNs);
    }

    private static int? Hops(SideTrace near, SideTrace far) =>
        near.HopLimit == 0 || far.HopLimit == 0 ? null : near.HopLimit - far.HopLimit;

    private static bool AreApart(FlowTrace first, FlowTrace second, long? offsetNs)
    {
        if (first is not { Out.Opening: { } syn, In.Opening: { } answer }
            || second is not { Out.Opening: { } otherSyn, In.Opening: { } otherAnswer })
            return false;
        var ahead = otherSyn.TimestampNs - syn.TimestampNs;
        if (offsetNs is null && Math.Abs(ahead) > ToleranceNs)
            return false;
        var offset = offsetNs ?? 0;
        return otherSyn.TimestampNs - offset > answer.TimestampNs
            || syn.TimestampNs > otherAnswer.TimestampNs - offset;
    }
}
