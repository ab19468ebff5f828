namespace PortAudit.Traffic.Protocols.Ndr;

/// <summary>Encoding of stub data.</summary>
/// <param name="IsLittleEndian">Byte order of numbers.</param>
/// <param name="Is64">True for NDR64 ([MS-RPCE] 2.2.5), false for NDR (C706 §14).</param>
internal readonly record struct NdrSyntax(bool IsLittleEndian, bool Is64)
{
    /// <summary>The transfer syntax NDR64.</summary>
    public static readonly Guid Ndr64 = new("71710533-beba-4937-8319-b5dbef9ccc36");
}
