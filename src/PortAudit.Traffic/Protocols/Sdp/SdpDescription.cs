namespace PortAudit.Traffic.Protocols.Sdp;

/// <summary>Enumerates the media of an SDP description (RFC 8866) in place. Several may be concatenated, as
/// alternatives in gateway control (RFC 3435 §3.4, RFC 3525 §7.1.8): each begins with <c>v=</c>.</summary>
internal ref struct SdpDescription
{
    /// <summary>Media read at most; a conference with one per participant has some dozens.</summary>
    public const int MaximumMedia = 128;

    private ReadOnlySpan<byte> _rest;
    private SdpConnection? _ofSession;
    private int _count;

    /// <summary>Begins before the first medium. Unless <paramref name="isWhole"/>, the last line is ignored, as a port
    /// in it may be cut.</summary>
    public SdpDescription(ReadOnlySpan<byte> text, bool isWhole) =>
        _rest = isWhole ? text : text[..(text.LastIndexOf((byte)'\n') + 1)];

    /// <summary>The current medium.</summary>
    public SdpMedia Media { get; private set; }

    /// <summary>Moves to the next readable medium.</summary>
    public bool MoveNext()
    {
        while (_count < MaximumMedia && SdpLines.TryTake(ref _rest, out var line))
        {
            if (line.StartsWith("v="u8))
                _ofSession = null;
            else if (line.StartsWith("c="u8))
                _ofSession = SdpConnection.TryParse(line[2..], out var connection) ? connection : null;
            if (!line.StartsWith("m="u8))
                continue;
            _count++;
            if (!SdpMedia.TryParse(line[2..], _ofSession, TakeLines(), out var media))
                continue;
            Media = media;
            return true;
        }

        return false;
    }

    /// <summary>Removes the lines of a medium, up to the next medium or description.</summary>
    private ReadOnlySpan<byte> TakeLines()
    {
        var from = _rest;
        var end = from;
        while (!end.IsEmpty)
        {
            var rest = end;
            SdpLines.TryTake(ref rest, out var line);
            if (line.StartsWith("m="u8) || line.StartsWith("v="u8))
                break;
            end = rest;
        }

        _rest = end;
        return from[..^end.Length];
    }
}
