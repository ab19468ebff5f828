using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>An open pipe that is followed, and the tracker of what goes over it.</summary>
/// <param name="tracker">The tracker, for this pipe alone.</param>
internal sealed class SmbPipe(IDynamicPortTracker tracker)
{
    private readonly SmbPipeStream _fromClient = new();
    private readonly SmbPipeStream _fromServer = new();
    private bool _isOver;

    /// <summary>Number of the exchange that opens it, until the answer is there.</summary>
    public ulong? Opening { get; private set; }

    /// <summary>What stands for it once the answer is there.</summary>
    public SmbFileId? File { get; private set; }

    /// <summary>True for a pipe at which the endpoint mapper is asked: what it says may announce ports. Of any other
    /// pipe only its use is of interest.</summary>
    public bool IsMapper { get; private set; }

    /// <summary>True while it is opened or open.</summary>
    public bool IsInUse => Opening is not null || File is not null;

    /// <summary>Begins with a request that opens it.</summary>
    public void Begin(ulong exchange) => Opening = exchange;

    /// <summary>Notes whether the endpoint mapper is asked at it.</summary>
    public void Mark(bool isMapper) => IsMapper = isMapper;

    /// <summary>Takes what stands for it from here on.</summary>
    public void Open(SmbFileId file) => (Opening, File) = (null, file);

    /// <summary>Reads what one end wrote to it.</summary>
    /// <param name="bytes">What was written.</param>
    /// <param name="byClient">Which end wrote it.</param>
    /// <param name="carrier">The message in which it came.</param>
    /// <param name="notes">Takes what is read; empty before. That it is over ends the pipe.</param>
    public void Read(ReadOnlySpan<byte> bytes, bool byClient, in ControlMessage carrier, AnnouncementNotes notes)
    {
        if (_isOver)
            return;
        (byClient ? _fromClient : _fromServer).Read(bytes, tracker, carrier, notes);
        _isOver = notes.IsOver;
    }

    /// <summary>Gives up what was half read, as messages are missing.</summary>
    public void Break()
    {
        _fromClient.Break();
        _fromServer.Break();
    }

    /// <summary>Makes it as new.</summary>
    public void Clear()
    {
        tracker.Clear();
        _fromClient.Clear();
        _fromServer.Clear();
        (Opening, File, IsMapper, _isOver) = (null, null, false, false);
    }
}
