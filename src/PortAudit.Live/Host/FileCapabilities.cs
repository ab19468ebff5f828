using System.Buffers.Binary;

namespace PortAudit.Live.Host;

/// <summary>
/// The capabilities that a file gives to who runs it: the extended attribute <c>security.capability</c>, <c>struct
/// vfs_cap_data</c> of <c>linux/capability.h</c>: 32 bits with the revision in the highest byte and the effective flag
/// in the lowest bit, then permitted and inheritable in 32 bits each, and from revision 2 on their upper halves.
/// </summary>
/// <param name="Permitted">What the process gets.</param>
/// <param name="IsEffective">True when it has them in effect from the start; a program that knows nothing of
/// capabilities needs that.</param>
internal sealed record FileCapabilities(CapabilitySet Permitted, bool IsEffective)
{
    private const string Attribute = "security.capability";
    private const int Longest = 64;
    private const int LengthOfRevision1 = 12;
    private const int LengthOfRevision2 = 20;
    private const uint EffectiveFlag = 1;

    /// <summary>What a file has; null when it has none or the system has no such thing.</summary>
    public static unsafe FileCapabilities? OfFile(string path)
    {
        if (!OperatingSystem.IsLinux() || path.Length == 0)
            return null;
        var value = stackalloc byte[Longest];
        var length = LinuxCalls.GetAttribute(path, Attribute, value, Longest);
        return length > 0 ? Parse(new ReadOnlySpan<byte>(value, (int)length)) : null;
    }

    /// <summary>Reads the attribute; null when it is of another form.</summary>
    internal static FileCapabilities? Parse(ReadOnlySpan<byte> attribute)
    {
        if (attribute.Length < LengthOfRevision1)
            return null;
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(attribute);
        ulong permitted = BinaryPrimitives.ReadUInt32LittleEndian(attribute[4..]);
        if (magic >> 24 >= 2)
        {
            if (attribute.Length < LengthOfRevision2)
                return null;
            permitted |= (ulong)BinaryPrimitives.ReadUInt32LittleEndian(attribute[12..]) << 32;
        }

        return new FileCapabilities(new CapabilitySet(permitted), (magic & EffectiveFlag) != 0);
    }
}
