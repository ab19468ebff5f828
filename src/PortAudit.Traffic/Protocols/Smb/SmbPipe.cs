using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>A followed pipe and its tracker.</summary>
/// <param name="tracker">The tracker of this pipe.</param>
internal sealed class SmbPipe(IDynamicPortTracker tracker)
{
    private readonly SmbPipeStream _fromClient = new();
    private readonly SmbPipeStream _fromServer = new();
    private bool _isOver;

    /// <summary>Number of the opening exchange, until the response.</summary>
    public ulong? Opening { get; private set; }

    /// <summary>Its file id after the response.</summary>
    public SmbFileId? File { get; private set; }

    /// <summary>True when the endpoint mapper is called on it: responses may announce ports. For other pipes only the
    /// use matters.</summary>
    public bool IsMapper { get; private set; }

    public bool IsInUse => Opening is not null || File is not null;

    public void Begin(ulong exchange) => Opening = exchange;

    /// <summary>Sets whether the endpoint mapper is called on it.</summary>
    public void Mark(bool isMapper) => IsMapper = isMapper;

    /// <summary>Sets its file id.</summary>
    public void Open(SmbFileId file) => (Opening, File) = (null, file);

    /// <summary>Reads data written by one side.</summary>
    /// <param name="bytes">The data.</param>
    /// <param name="byClient">True for the client's.</param>
    /// <param name="carrier">The message that contains it.</param>
    /// <param name="notes">Receives what is read; empty before. If over, the pipe ends.</param>
    public void Read(ReadOnlySpan<byte> bytes, bool byClient, in ControlMessage carrier, AnnouncementNotes notes)
    {
        if (_isOver)
            return;
        (byClient ? _fromClient : _fromServer).Read(bytes, tracker, carrier, notes);
        _isOver = notes.IsOver;
    }

    /// <summary>Drops partial messages after a gap.</summary>
    public void Break()
    {
        _fromClient.Break();
        _fromServer.Break();
    }

    public void Clear()
    {
        tracker.Clear();
        _fromClient.Clear();
        _fromServer.Clear();
        (Opening, File, IsMapper, _isOver) = (null, null, false, false);
    }
}
