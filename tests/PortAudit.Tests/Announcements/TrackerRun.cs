using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Tests.Announcements;

/// <summary>What a tracker says to a conversation that is shown to it as the observer does: streams with what it has
/// not consumed.</summary>
internal sealed class TrackerRun
{
    private readonly byte[][] _pending = [[], []];
    private readonly long[] _skips = [0, 0];
    private readonly bool[] _gaps = [false, false];
    private readonly AnnouncementNotes _notes = new();
    private readonly AnnouncementVector _vector;
    private readonly IDynamicPortTracker _tracker;
    private long _timestampNs = 1_700_000_000_000_000_000;

    private TrackerRun(AnnouncementVector vector, IDynamicPortTracker tracker) =>
        (_vector, _tracker) = (vector, tracker);

    public List<string> Told { get; } = [];

    public List<AnnouncementDraft> Drafts { get; } = [];

    public static TrackerRun Of(AnnouncementVector vector,
        IEnumerable<(bool ByOriginator, bool IsAfterGap, byte[] Bytes)> messages, IDynamicPortTracker? tracker = null)
    {
        var run = new TrackerRun(vector, tracker ?? ProtocolRegistry.Find(vector.Protocol)!.Tracker!());
        foreach (var (byOriginator, isAfterGap, bytes) in messages)
        {
            run._timestampNs += 1_000_000;
            if (!run.Show(byOriginator, isAfterGap, bytes))
                break;
        }

        return run;
    }

    private bool Show(bool byOriginator, bool isAfterGap, byte[] bytes)
    {
        var side = byOriginator ? 0 : 1;
        if (_vector.Transport != PortAudit.Traffic.Wire.IpProtocol.Tcp)
        {
            Ask(byOriginator, bytes, isAfterGap: false);
            return !_notes.IsOver;
        }

        if (isAfterGap)
            (_pending[side], _gaps[side], _skips[side]) = ([], true, 0);
        var skipped = (int)Math.Min(_skips[side], bytes.Length);
        _skips[side] -= skipped;
        _pending[side] = [.. _pending[side], .. bytes[skipped..]];
        while (_pending[side].Length > 0)
        {
            var consumed = Ask(byOriginator, _pending[side], _gaps[side]);
            Assert.True(consumed >= 0);
            if (_notes.IsOver)
                return false;
            if (consumed == 0)
                return true;
            _gaps[side] = false;
            _skips[side] = Math.Max(0, consumed - _pending[side].Length);
            _pending[side] = _pending[side][Math.Min(consumed, _pending[side].Length)..];
        }

        return true;
    }

    private int Ask(bool byOriginator, byte[] bytes, bool isAfterGap)
    {
        var (sender, receiver) =
            byOriginator ? (_vector.Originator, _vector.Responder) : (_vector.Responder, _vector.Originator);
        _notes.Clear();
        var consumed = _tracker.Read(new ControlMessage(_vector.Transport, sender, receiver, byOriginator,
            bytes)
        { IsAfterGap = isAfterGap, TimestampNs = _timestampNs }, _notes);
        Told.AddRange(AnnouncementVector.Text(_notes));
        Drafts.AddRange(_notes.Drafts);
        return consumed;
    }
}
