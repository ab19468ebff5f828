using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Kerberos;

/// <summary>The recognisable part of a password change message (RFC 3244 §2): length, version, length of the AP
/// message.</summary>
/// <param name="Side">Sender of such a message.</param>
/// <param name="TotalLength">Length of the message, in bytes.</param>
internal readonly record struct KpasswdMessage(SideMatch Side, int TotalLength)
{
    /// <summary>Length of the three numbers before the AP message, in bytes.</summary>
    public const int HeaderLength = 6;

    /// <summary>The version of the original protocol, and of every reply.</summary>
    private const ushort OriginalVersion = 1;

    /// <summary>The version of requests to set another user's password.</summary>
    private const ushort SetVersion = 0xFF80;

    /// <summary>True when <paramref name="bytes"/> begin with a message containing an AP request or reply, or an error
    /// instead.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out KpasswdMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var version = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        var innerLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        error = ParseError.BadVersion;
        if (version is not (OriginalVersion or SetVersion))
            return false;
        error = ParseError.BadLength;
        if (length < HeaderLength || innerLength > length - HeaderLength)
            return false;
        if (!KerberosMessage.TryParse(bytes[HeaderLength..], out var inner, out error))
            return false;
        error = Check(inner, innerLength, length - HeaderLength, version);
        if (error != ParseError.None)
            return false;
        message =
            new KpasswdMessage(
                inner.Type == KerberosMessageType.ApRequest ? SideMatch.Request : SideMatch.Reply, length);
        return true;
    }

    /// <summary>An error replaces the AP message and takes the rest (RFC 3244 §2).</summary>
    private static ParseError Check(KerberosMessage inner, int innerLength, int room, ushort version)
    {
        var isSound = inner.Type switch
        {
            KerberosMessageType.ApRequest => inner.TotalLength == innerLength,
            KerberosMessageType.ApReply => inner.TotalLength == innerLength && version == OriginalVersion,
            KerberosMessageType.Error => innerLength == 0 && inner.TotalLength == room,
            _ => false,
        };
        return isSound ? ParseError.None : ParseError.BadValue;
    }
}
