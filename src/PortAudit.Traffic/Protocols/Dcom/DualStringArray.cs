using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Ndr;

namespace PortAudit.Traffic.Protocols.Dcom;

/// <summary>Enumerates the string bindings of a DUALSTRINGARRAY ([MS-DCOM] 2.2.19.1), without the security bindings
/// after them.</summary>
internal ref struct DualStringArray
{
    private readonly bool _isLittleEndian;
    private ReadOnlySpan<byte> _rest;

    private DualStringArray(ReadOnlySpan<byte> strings, bool isLittleEndian)
    {
        _rest = strings;
        _isLittleEndian = isLittleEndian;
    }

    /// <summary>The next array in stub data; empty when cut or invalid.</summary>
    public static DualStringArray Of(scoped ref NdrReader reader, bool isLittleEndian)
    {
        var maximum = reader.Count();
        var entries = reader.UInt16();
        var security = reader.UInt16();
        var strings = reader.Bytes((ulong)entries * sizeof(char));
        return reader.HasFailed || maximum != entries || security > entries
            ? default
            : new DualStringArray(strings[..(security * sizeof(char))], isLittleEndian);
    }

    public bool TryRead(out StringBinding binding)
    {
        binding = default;
        if (_rest.Length < sizeof(ushort) || UInt16(_rest) == 0)
            return false;
        var tower = UInt16(_rest);
        var text = _rest[sizeof(ushort)..];
        var length = 0;
        while (length < text.Length && UInt16(text[length..]) != 0)
            length += sizeof(char);
        if (length == text.Length)
            return false;
        binding = StringBinding.Of(tower, text[..length], _isLittleEndian);
        _rest = text[(length + sizeof(char))..];
        return true;
    }

    private readonly ushort UInt16(ReadOnlySpan<byte> bytes) =>
        _isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
