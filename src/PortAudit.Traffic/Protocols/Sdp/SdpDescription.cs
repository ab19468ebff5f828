namespace PortAudit.Traffic.Protocols.Sdp;

/// <summary>
/// A description in SDP (RFC 8866), walked medium by medium in place. Several of them may stand one behind the other,
/// as gateway control has them for alternatives (RFC 3435 §3.4, RFC 3525 §7.1.8): each begins with <c>v=</c>.
/// </summary>
internal ref struct SdpDescription
{
    /// <summary>Media that are walked at most; a conference that sends one for each participant has some
    /// dozens.</summary>
    public const int MaximumMedia = 128;

    private ReadOnlySpan<byte> _rest;
    private SdpConnection? _ofSession;
    private int _count;

    /// <summary>Starts before the first medium.</summary>
    /// <param name="text">The description.</param>
    /// <param name="isWhole">False when it was cut: its last line is then left out, as a port in it may be cut,
    /// too.</param>
    public SdpDescription(ReadOnlySpan<byte> text, bool isWhole) =>
        _rest = isWhole ? text : text[..(text.LastIndexOf((byte)'\n') + 1)];

    /// <summary>The current medium.</summary>
    public SdpMedia Media { get; private set; }

    /// <summary>Goes to the next medium that can be told; others are passed over.</summary>
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

    /// <summary>Takes what belongs to a medium: the lines up to the next one or the next description.</summary>
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
