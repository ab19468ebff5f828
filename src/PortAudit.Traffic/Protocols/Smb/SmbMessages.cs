using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>Walks the messages of an SMB stream behind their four-byte headers (RFC 1002 §4.3.1; [MS-SMB2] 2.1), the
/// last as far as it goes.</summary>
internal ref struct SmbMessages
{
    /// <summary>Messages that are walked at most: names are told at the start.</summary>
    public const int Maximum = 64;

    /// <summary>The type of a session message; others set a NetBIOS session up (RFC 1002 §4.3.1).</summary>
    public const byte SessionMessage = 0x00;

    /// <summary>Asks for a session, with the names of both ends (§4.3.2).</summary>
    public const byte SessionRequest = 0x81;

    private const int HeaderLength = 4;
    private const uint LengthMask = 0x00FF_FFFF;

    private ReadOnlySpan<byte> _rest;
    private int _walked;

    /// <summary>Starts at the start of a stream.</summary>
    public SmbMessages(ReadOnlySpan<byte> stream) => _rest = stream;

    /// <summary>Type of the message.</summary>
    public byte Type { get; private set; }

    /// <summary>The message behind its header.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>Goes to the next message.</summary>
    public bool MoveNext()
    {
        if (_walked++ >= Maximum || _rest.Length <= HeaderLength)
            return false;
        var length = (int)(BinaryPrimitives.ReadUInt32BigEndian(_rest) & LengthMask);
        Type = _rest[0];
        Body = _rest[HeaderLength..Math.Min(_rest.Length, HeaderLength + length)];
        _rest = _rest[(HeaderLength + Body.Length)..];
        return true;
    }
}
