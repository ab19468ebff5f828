using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>An announcement in the <see cref="ExpectationTable"/> with the flows that used it, in two chains: of those
/// of its end, and of those of its end for the same client, or for anyone.</summary>
/// <param name="announcement">The announcement as it was made.</param>
internal sealed class AnnouncementEntry(Announcement announcement)
{
    private UseTally _ended = new();
    private UseTally _withUnderWay = new();
    private int _look;

    /// <summary>The announcement as it stands.</summary>
    public Announcement Announcement { get; set; } = announcement;

    /// <summary>The one before it of its end; null for the first that is kept.</summary>
    public AnnouncementEntry? EarlierOfServer { get; set; }

    /// <summary>The one behind it of its end.</summary>
    public AnnouncementEntry? LaterOfServer { get; private set; }

    /// <summary>The one before it of its end and client.</summary>
    public AnnouncementEntry? EarlierOfClient { get; set; }

    /// <summary>The one behind it of its end and client.</summary>
    public AnnouncementEntry? LaterOfClient { get; private set; }

    /// <summary>Takes its place behind the latest of its end and of its client; null where it is the first.</summary>
    public void Follow(AnnouncementEntry? ofServer, AnnouncementEntry? ofClient)
    {
        (EarlierOfServer, EarlierOfClient) = (ofServer, ofClient);
        if (ofServer is not null)
            ofServer.LaterOfServer = this;
        if (ofClient is not null)
            ofClient.LaterOfClient = this;
    }

    /// <summary>Counts a flow that has ended.</summary>
    public void Count(in AnnouncedFlow flow) => _ended.Count(flow);

    /// <summary>Counts a flow that is under way for the look of this number.</summary>
    public void CountUnderWay(in AnnouncedFlow flow, int look)
    {
        if (_look != look)
            (_withUnderWay, _look) = (_ended, look);
        _withUnderWay.Count(flow);
    }

    /// <summary>What became of it, with the flows under way that the look of this number found.</summary>
    public AnnouncementUse ToUse(int look) => (look > 0 && _look == look ? _withUnderWay : _ended).ToUse(Announcement);

    private struct UseTally()
    {
        private long _flows;
        private long _firstNs = long.MaxValue;
        private long _lastNs = long.MinValue;
        private long _longestPauseNs;

        public void Count(in AnnouncedFlow flow)
        {
            if (_flows++ > 0)
                _longestPauseNs = Math.Max(_longestPauseNs, flow.StartNs - _lastNs);
            _firstNs = Math.Min(_firstNs, flow.StartNs);
            _lastNs = Math.Max(_lastNs, flow.EndNs);
        }

        public readonly AnnouncementUse ToUse(Announcement announcement) => new()
        {
            Announcement = announcement,
            Flows = _flows,
            FirstNs = _flows == 0 ? null : _firstNs,
            LastNs = _flows == 0 ? null : _lastNs,
            LongestPauseNs = _longestPauseNs,
        };
    }
}

/// <summary>Where an announcement was made.</summary>
/// <param name="Protocol">Registry name of the protocol that made it.</param>
/// <param name="Service">The end that serves that protocol, as far as the flow's direction is known.</param>
/// <param name="FlowId"><see cref="FlowRecord.Id"/> of the flow.</param>
/// <param name="Frame">The frame.</param>
/// <param name="SeenNs">Its time, in nanoseconds since the Unix epoch.</param>
internal readonly record struct AnnouncementOrigin(string Protocol, Endpoint Service, ulong FlowId,
    FrameReference Frame, long SeenNs);

/// <summary>An announcement, and what became of it. Every flow to an announced end counts for all announcements that
/// then held for it, whichever of them explains the flow.</summary>
public sealed record AnnouncementUse
{
    /// <summary>The announcement.</summary>
    public required Announcement Announcement { get; init; }

    /// <summary>Flows of those for whom it was made that used it.</summary>
    public required long Flows { get; init; }

    /// <summary>Start of the first of them, in nanoseconds since the Unix epoch; null without any.</summary>
    public long? FirstNs { get; init; }

    /// <summary>End of the last of them; null without any.</summary>
    public long? LastNs { get; init; }

    /// <summary>The longest silence between one of them and the next, in nanoseconds: a device that lets the port
    /// through for a time must not close it sooner. 0 for fewer than two.</summary>
    public long LongestPauseNs { get; init; }
}
