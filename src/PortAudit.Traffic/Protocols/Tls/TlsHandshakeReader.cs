using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Reads the unencrypted handshake messages at the start of one direction. Messages may span records, and
/// records hold several (RFC 5246 §6.2.1); one within a record is viewed in place, others are reassembled in a buffer,
/// ignoring what does not fit. Keeps alerts between them. Each step takes at least one byte, so every loop
/// ends.</summary>
internal ref struct TlsHandshakeReader
{
    private const int AlertLength = 2;
    private const byte WarningLevel = 1;
    private const byte CloseNotify = 0;

    private readonly Span<byte> _scratch;
    private ReadOnlySpan<byte> _stream;
    private ReadOnlySpan<byte> _fragment;
    private bool _isEnded;
    private TlsAlerts _alerts;

    /// <summary>Begins at the first record, after an SSL 2.0 hello if there is one.</summary>
    public TlsHandshakeReader(ReadOnlySpan<byte> stream, Span<byte> scratch)
    {
        _scratch = scratch;
        _stream = SslV2Hello.MayBegin(stream) && SslV2Hello.TryParse(stream, out var hello, out _)
            ? stream[Math.Min(stream.Length, hello.TotalLength)..]
            : stream;
    }

    /// <summary>Why <see cref="TryRead"/> returned false.</summary>
    public TlsHandshakeEnd End { get; private set; }

    /// <summary>True when part of a message did not fit the buffer.</summary>
    public bool IsLeftOut { get; private set; }

    /// <summary>The alerts so far.</summary>
    public readonly TlsAlerts Alerts => _alerts;

    /// <summary>True to continue after a cipher change: the one after a HelloRetryRequest has no effect (RFC 8446
    /// Appendix D.4), and the final server hello follows.</summary>
    public bool PassesCipherChange { get; set; }

    /// <summary>Reads the next message, whose body may be cut at the end of the stream. False without a further
    /// unencrypted one: see <see cref="End"/>.</summary>
    public bool TryRead(out TlsHandshakeMessage message)
    {
        message = default;
        if (!TryTakeHeader(out var header))
            return false;
        var length = (int)(header & 0x00FF_FFFF);
        message = new TlsHandshakeMessage((TlsMessageType)(header >> 24), length, TakeBody(length));
        return true;
    }

    /// <summary>Reads type and length of a message, nearly always within one record.</summary>
    private bool TryTakeHeader(out uint header)
    {
        header = 0;
        if (_fragment.IsEmpty && !TryEnterRecord())
            return false;
        if (_fragment.Length < TlsHandshakeMessage.HeaderLength)
            return TryGatherHeader(out header);
        header = BinaryPrimitives.ReadUInt32BigEndian(_fragment);
        _fragment = _fragment[TlsHandshakeMessage.HeaderLength..];
        return true;
    }

    private bool TryGatherHeader(out uint header)
    {
        header = 0;
        for (var taken = 0; taken < TlsHandshakeMessage.HeaderLength; taken++)
        {
            if (_fragment.IsEmpty && !TryEnterRecord())
                return false;
            header = (header << 8) | _fragment[0];
            _fragment = _fragment[1..];
        }

        return true;
    }

    private ReadOnlySpan<byte> TakeBody(int length)
    {
        if (length <= _fragment.Length || _stream.IsEmpty)
        {
            var seen = _fragment[..Math.Min(length, _fragment.Length)];
            _fragment = _fragment[seen.Length..];
            return seen;
        }

        var kept = 0;
        for (var left = length; left > 0;)
        {
            if (_fragment.IsEmpty && !TryEnterRecord())
                break;
            var taken = Math.Min(left, _fragment.Length);
            var copied = Math.Min(taken, _scratch.Length - kept);
            _fragment[..copied].CopyTo(_scratch[kept..]);
            IsLeftOut |= copied < taken;
            kept += copied;
            left -= taken;
            _fragment = _fragment[taken..];
        }

        return _scratch[..kept];
    }

    /// <summary>Enters the next record with handshake messages; skips warning alerts.</summary>
    private bool TryEnterRecord()
    {
        while (!_isEnded)
        {
            if (!TlsRecord.TryParse(_stream, out var record, out var error))
                return Stop(error == ParseError.Incomplete ? TlsHandshakeEnd.OutOfBytes : TlsHandshakeEnd.Foreign);
            var isPassed = record.Content == TlsContent.ChangeCipherSpec && PassesCipherChange;
            if (!isPassed && record.Content is (TlsContent.ChangeCipherSpec or TlsContent.ApplicationData))
                return Stop(TlsHandshakeEnd.Encrypted);
            if (record.Content == TlsContent.Alert && EndsAt(record) is { } end)
                return Stop(end);
            _stream = _stream[(TlsRecord.HeaderLength + record.Fragment.Length)..];
            if (isPassed || record.Content == TlsContent.Alert)
                continue;
            _fragment = record.Fragment;
            if (record.IsCut)
                _stream = default;
            if (!_fragment.IsEmpty)
                return true;
        }

        return false;
    }

    /// <summary>Keeps an alert; null for a warning, which ends nothing. A record of another length than an alert's is
    /// encrypted.</summary>
    private TlsHandshakeEnd? EndsAt(TlsRecord record)
    {
        var fragment = record.Fragment;
        if (record.TotalLength != TlsRecord.HeaderLength + AlertLength)
            return TlsHandshakeEnd.Closed;
        if (fragment.Length < AlertLength)
            return TlsHandshakeEnd.OutOfBytes;
        _alerts.Add(fragment[0], fragment[1]);
        return fragment[0] != WarningLevel || fragment[1] == CloseNotify ? TlsHandshakeEnd.Closed : null;
    }

    private bool Stop(TlsHandshakeEnd end)
    {
        End = end;
        _isEnded = true;
        return false;
    }
}
