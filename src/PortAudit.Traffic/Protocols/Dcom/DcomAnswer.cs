using PortAudit.Traffic.Protocols.Ndr;

namespace PortAudit.Traffic.Protocols.Dcom;

/// <summary>DCOM responses that locate an object: each has its exporter's string bindings.</summary>
internal static class DcomAnswer
{
    /// <summary>IObjectExporter ([MS-DCOM] 3.1.2.5.1).</summary>
    public static readonly Guid ObjectExporter = new("99fcfec4-5260-101b-bbcb-00aa0021347a");

    /// <summary>IRemoteSCMActivator ([MS-DCOM] 3.1.2.5.2.2).</summary>
    public static readonly Guid RemoteActivator = new("000001a0-0000-0000-c000-000000000046");

    /// <summary>IActivation, its predecessor ([MS-DCOM] 3.1.2.5.2.1).</summary>
    public static readonly Guid Activation = new("4d9f4ab8-7d1c-11cf-861e-0020af6e7c57");

    /// <summary>Opnums of <see cref="ObjectExporter"/>.</summary>
    public const ushort ResolveOxid = 0;
    public const ushort ResolveOxid2 = 4;

    /// <summary>Opnums of <see cref="RemoteActivator"/>.</summary>
    public const ushort GetClassObject = 3;
    public const ushort CreateInstance = 4;

    /// <summary>Opnum of <see cref="Activation"/>.</summary>
    public const ushort RemoteActivation = 0;

    /// <summary>Properties of an activation at most: MAX_ACTPROP_LIMIT ([MS-DCOM] 2.2.28.1).</summary>
    private const int MaximumProperties = 10;

    /// <summary>Custom OBJREF ([MS-DCOM] 2.2.18.6): signature, flags, interface, then the unmarshaling class, and its
    /// data after two sizes.</summary>
    private const int ReferenceClassOffset = 24;
    private const int ReferenceLength = 48;
    private const int UuidLength = 16;

    /// <summary>Two sizes before the properties ([MS-DCOM] 2.2.22).</summary>
    private const int BlobHeaderLength = 8;

    /// <summary>The common and the private header of type serialization ([MS-RPCE] 2.2.6).</summary>
    private const int SerializationLength = 16;
    private const byte SerializationVersion = 1;
    private const byte SerializationLittleEndian = 0x10;

    /// <summary>CLSID_ActivationPropertiesOut and CLSID_ScmReplyInfo ([MS-DCOM] 1.9).</summary>
    private static readonly Guid PropertiesOut = new("00000339-0000-0000-c000-000000000046");
    private static readonly Guid ScmReply = new("000001b6-0000-0000-c000-000000000046");

    /// <summary>Signature of every OBJREF ([MS-DCOM] 2.2.18).</summary>
    private static ReadOnlySpan<byte> Signature => "MEOW"u8;

    /// <summary>Bindings in a ResolveOxid or ResolveOxid2 response ([MS-DCOM] 3.1.2.5.1.1, 3.1.2.5.1.5), where they
    /// come first.</summary>
    public static DualStringArray OfResolving(ReadOnlySpan<byte> stub, NdrSyntax syntax)
    {
        var reader = new NdrReader(stub, syntax);
        return reader.Pointer() ? DualStringArray.Of(ref reader, syntax.IsLittleEndian) : default;
    }

    /// <summary>Bindings in a RemoteActivation response ([MS-DCOM] 3.1.2.5.2.3.1): after flags, unused extensions, and
    /// the exporter's number.</summary>
    public static DualStringArray OfActivation(ReadOnlySpan<byte> stub, NdrSyntax syntax)
    {
        var reader = new NdrReader(stub, syntax);
        reader.UInt32();
        if (reader.Pointer())
            return default;
        reader.UInt64();
        return reader.Pointer() ? DualStringArray.Of(ref reader, syntax.IsLittleEndian) : default;
    }

    /// <summary>Bindings in a RemoteCreateInstance or RemoteGetClassObject response ([MS-DCOM] 3.1.2.5.2.3.2,
    /// 3.1.2.5.2.3.3), in the SCM reply among the activation properties ([MS-DCOM] 2.2.22). The reference is found by
    /// its signature, whatever wraps it.</summary>
    public static DualStringArray OfProperties(ReadOnlySpan<byte> stub)
    {
        var start = stub.IndexOf(Signature);
        if (start < 0 || stub.Length < start + ReferenceLength + BlobHeaderLength
            || new Guid(stub.Slice(start + ReferenceClassOffset, UuidLength)) != PropertiesOut)
            return default;
        var header = stub[(start + ReferenceLength + BlobHeaderLength)..];
        if (!TryBegin(header, out var reader, out _))
            return default;
        reader.UInt32();
        var headerLength = reader.UInt32();
        reader.Bytes(2 * sizeof(uint));
        var count = reader.UInt32();
        reader.Bytes(UuidLength);
        var hasProperties = reader.Pointer() & reader.Pointer();
        reader.Pointer();
        if (!hasProperties || reader.Count() != count || count > MaximumProperties || headerLength > header.Length)
            return default;
        var classes = reader.Bytes(count * UuidLength);
        reader.Count();
        return OfReply(classes, ref reader, header[(int)headerLength..]);
    }

    private static DualStringArray OfReply(ReadOnlySpan<byte> classes, scoped ref NdrReader sizes,
        ReadOnlySpan<byte> properties)
    {
        for (; !classes.IsEmpty; classes = classes[UuidLength..])
        {
            var size = sizes.UInt32();
            if (sizes.HasFailed || size > properties.Length)
                return default;
            if (new Guid(classes[..UuidLength]) == ScmReply)
                return OfReply(properties[..(int)size]);
            properties = properties[(int)size..];
        }

        return default;
    }

    /// <summary>Bindings in ScmReplyInfoData ([MS-DCOM] 2.2.22.2.8): after two pointers, the exporter's number, a third
    /// pointer, an IPID, a level and a version.</summary>
    private static DualStringArray OfReply(ReadOnlySpan<byte> property)
    {
        if (!TryBegin(property, out var reader, out var isLittleEndian) || reader.Pointer() || !reader.Pointer())
            return default;
        reader.UInt64();
        var hasBindings = reader.Pointer();
        reader.Bytes(UuidLength);
        reader.UInt32();
        reader.UInt32();
        return hasBindings ? DualStringArray.Of(ref reader, isLittleEndian) : default;
    }

    private static bool TryBegin(ReadOnlySpan<byte> serialized, out NdrReader reader, out bool isLittleEndian)
    {
        reader = default;
        isLittleEndian = false;
        if (serialized.Length < SerializationLength || serialized[0] != SerializationVersion)
            return false;
        isLittleEndian = serialized[1] == SerializationLittleEndian;
        reader = new NdrReader(serialized[SerializationLength..], new NdrSyntax(isLittleEndian, Is64: false));
        return true;
    }
}
