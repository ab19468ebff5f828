using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>An announcement in the <see cref="ExpectationTable"/> and the flows that used it. Linked in two chains:
/// announcements of its endpoint, and those of its endpoint for the same client (or for anyone).</summary>
internal sealed class AnnouncementEntry(Announcement announcement)
{
    private UseTally _ended = new();
    private UseTally _withUnderWay = new();
    private int _look;

    public Announcement Announcement { get; set; } = announcement;

    /// <summary>The previous one of its endpoint; null for the first.</summary>
    public AnnouncementEntry? EarlierOfServer { get; set; }

    /// <summary>The next one of its endpoint.</summary>
    public AnnouncementEntry? LaterOfServer { get; private set; }

    /// <summary>The previous one of its endpoint and client.</summary>
    public AnnouncementEntry? EarlierOfClient { get; set; }

    /// <summary>The next one of its endpoint and client.</summary>
    public AnnouncementEntry? LaterOfClient { get; private set; }

    /// <summary>Links the entry after the latest of its endpoint and of its client; null for none.</summary>
    public void Follow(AnnouncementEntry? ofServer, AnnouncementEntry? ofClient)
    {
        (EarlierOfServer, EarlierOfClient) = (ofServer, ofClient);
        if (ofServer is not null)
            ofServer.LaterOfServer = this;
        if (ofClient is not null)
            ofClient.LaterOfClient = this;
    }

    /// <summary>Counts a finished flow.</summary>
    public void Count(in AnnouncedFlow flow) => _ended.Count(flow);

    /// <summary>Counts an active flow for the snapshot of this number.</summary>
    public void CountUnderWay(in AnnouncedFlow flow, int look)
    {
        if (_look != look)
            (_withUnderWay, _look) = (_ended, look);
        _withUnderWay.Count(flow);
    }

    /// <summary>Its use, including the active flows of the snapshot of this number.</summary>
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
/// <param name="Service">The endpoint serving that protocol, by the flow's current direction.</param>
/// <param name="FlowId"><see cref="FlowRecord.Id"/> of the flow.</param>
/// <param name="Frame">The frame.</param>
/// <param name="SeenNs">Its time, in nanoseconds since the Unix epoch.</param>
internal readonly record struct AnnouncementOrigin(string Protocol, Endpoint Service, ulong FlowId,
    FrameReference Frame, long SeenNs);

/// <summary>The use of an announcement. A flow to an announced endpoint counts for all announcements then valid for it,
/// whichever explains it.</summary>
public sealed record AnnouncementUse
{
    /// <summary>The announcement.</summary>
    public required Announcement Announcement { get; init; }

    /// <summary>Flows of its addressees that used it.</summary>
    public required long Flows { get; init; }

    /// <summary>Start of the first of them, in nanoseconds since the Unix epoch; null without any.</summary>
    public long? FirstNs { get; init; }

    /// <summary>End of the last of them; null without any.</summary>
    public long? LastNs { get; init; }

    /// <summary>The longest pause between two of them, in nanoseconds: a device that opens the port temporarily must
    /// keep it open at least that long. 0 for fewer than two.</summary>
    public long LongestPauseNs { get; init; }
}
