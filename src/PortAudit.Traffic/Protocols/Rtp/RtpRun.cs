using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Rtp;

/// <summary>Evaluates the packets of a flow, each against the latest one of the same source and direction. By chance
/// the source repeats once in 2^32; the order of sequence numbers and timestamps excludes other protocols with a
/// constant there.</summary>
internal struct RtpRun
{
    private const int StepsOfProof = 2;

    /// <summary>Packets of a video frame share a timestamp. If it never advances, more packets are needed.</summary>
    private const int StepsOfProofWithoutTime = 3;

    /// <summary>Some senders use source 0, as many other protocols have zeros there: then packets must be exactly
    /// consecutive.</summary>
    private const int StepsOfProofWithoutSource = 3;

    private int _steps;
    private int _timedSteps;
    private int _nextSteps;
    private int _breaks;
    private bool _hasNoSource;

    /// <summary>True when the packets are media.</summary>
    public readonly bool IsProof
    {
        get
        {
            if (IsBroken)
                return false;
            return _hasNoSource
                ? _nextSteps >= StepsOfProofWithoutSource
                : _steps >= (_timedSteps > 0 ? StepsOfProof : StepsOfProofWithoutTime);
        }
    }

    /// <summary>True when two packets of one source are unrelated.</summary>
    public readonly bool IsBroken => _breaks > 0;

    /// <summary>True when two packets are exactly consecutive.</summary>
    public readonly bool IsShape => !IsBroken && !_hasNoSource && _nextSteps > 0;

    public void Add(RtpPacket before, RtpPacket packet)
    {
        var step = RtpStep.Between(before, packet);
        _hasNoSource |= packet.Source == 0;
        if (!step.IsPlausible)
            _breaks++;
        if (!step.IsForward)
            return;
        _steps++;
        if (step.Ticks != 0)
            _timedSteps++;
        if (step.IsNext)
            _nextSteps++;
    }

    /// <summary>Adds the step from the latest packet of the same source among the first <paramref name="count"/>
    /// earlier datagrams, if any.</summary>
    public void Follow(in DatagramHistory earlier, int count, RtpPacket packet, bool isFromOriginator)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            var datagram = earlier[i];
            if (datagram.IsFromOriginator != isFromOriginator
                || !RtpPacket.TryParse(datagram.Head, out var before, out _) || before.Source != packet.Source)
                continue;
            Add(before, packet);
            return;
        }
    }
}
