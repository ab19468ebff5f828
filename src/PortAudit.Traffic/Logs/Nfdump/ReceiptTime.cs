namespace PortAudit.Traffic.Logs.Nfdump;

/// <summary>The time by which flows are over that got no record for long: that of receipt, as far as records stand in
/// its order. Sorted by anything else (<c>nfdump -O</c>), an answer may come at any place: then time stands still, and
/// flows are kept as long as there is room.</summary>
internal sealed class ReceiptTime
{
    /// <summary>Most that a record may come before the one ahead of it, in nanoseconds: collectors write those of
    /// several exporters in turn.</summary>
    private const long SlackNs = 300L * 1_000_000_000;

    /// <summary>Longest step forward, in nanoseconds: less than flows wait for their records.</summary>
    private const long StepNs = 3600L * 1_000_000_000;

    private long? _lastNs;
    private bool _isBroken;

    /// <summary>The time at a record.</summary>
    /// <param name="receivedNs">When it came, in nanoseconds since the Unix epoch.</param>
    public long At(long receivedNs)
    {
        var last = _lastNs ?? receivedNs;
        _isBroken |= receivedNs < last - SlackNs || receivedNs > last + StepNs;
        if (!_isBroken)
            _lastNs = Math.Max(last, receivedNs);
        return _lastNs ?? receivedNs;
    }
}
