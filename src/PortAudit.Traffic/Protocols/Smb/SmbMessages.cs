using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>Enumerates the messages of an SMB stream with four-byte headers (RFC 1002 §4.3.1; [MS-SMB2] 2.1); the last
/// may be cut.</summary>
internal ref struct SmbMessages
{
    /// <summary>Messages read at most: names come at the start.</summary>
    public const int Maximum = 64;

    /// <summary>Type of a session message; others set up a NetBIOS session (RFC 1002 §4.3.1).</summary>
    public const byte SessionMessage = 0x00;

    /// <summary>Session request, with the names of both sides (§4.3.2).</summary>
    public const byte SessionRequest = 0x81;

    private const int HeaderLength = 4;
    private const uint LengthMask = 0x00FF_FFFF;

    private ReadOnlySpan<byte> _rest;
    private int _walked;

    public SmbMessages(ReadOnlySpan<byte> stream) => _rest = stream;

    public byte Type { get; private set; }

    /// <summary>The message after its header.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

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
