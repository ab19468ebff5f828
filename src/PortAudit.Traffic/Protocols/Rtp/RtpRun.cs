using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Rtp;

/// <summary>
/// How the packets of a flow follow each other, each compared with the latest one of the same source that went the same
/// way. Between chance and media the repeated source alone stands with 1 to 2^32; the order of sequence numbers and
/// timestamps keeps other protocols with a constant there out.
/// </summary>
internal struct RtpRun
{
    private const int StepsOfProof = 2;

    /// <summary>Packets of one picture of video share their timestamp. Where time never goes on, more of them are
    /// needed.</summary>
    private const int StepsOfProofWithoutTime = 3;

    /// <summary>A few senders leave the source at zero, as many other protocols have zeros there: each packet must then
    /// follow exactly.</summary>
    private const int StepsOfProofWithoutSource = 3;

    private int _steps;
    private int _timedSteps;
    private int _nextSteps;
    private int _breaks;
    private bool _hasNoSource;

    /// <summary>True when the packets are a stream of media.</summary>
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

    /// <summary>True when two packets of one source have nothing to do with each other.</summary>
    public readonly bool IsBroken => _breaks > 0;

    /// <summary>True when one packet followed another one exactly.</summary>
    public readonly bool IsShape => !IsBroken && !_hasNoSource && _nextSteps > 0;

    /// <summary>Adds the step between two packets of one source.</summary>
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

    /// <summary>Adds the step to a packet from the latest one of its source among the first <paramref name="count"/>
    /// earlier datagrams, if there is one.</summary>
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
