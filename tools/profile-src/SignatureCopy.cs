using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace PortAudit.Profile;

/// <summary>Writes a method's signature for another module (ECMA-335 II.23.2): the same bytes but for types, which each
/// module numbers for itself.</summary>
/// <param name="source">The metadata that the signature is of.</param>
/// <param name="bytes">The signature.</param>
/// <param name="references">What the other module refers to.</param>
/// <param name="output">Where it is written.</param>
internal ref struct SignatureCopy(MetadataReader source, BlobReader bytes, References references, BlobBuilder output)
{
    private BlobReader _bytes = bytes;

    /// <summary>Copies the signature of a method (II.23.2.1).</summary>
    /// <exception cref="NotSupportedException">It has a part that no method of a program like this has.</exception>
    public void Method()
    {
        output.WriteByte(_bytes.ReadByte());
        for (var left = Number() + 1; left > 0; left--)
            Type();
    }

    private void Type()
    {
        var code = (SignatureTypeCode)_bytes.ReadByte();
        output.WriteByte((byte)code);
        switch (code)
        {
            case (SignatureTypeCode)SignatureTypeKind.Class or (SignatureTypeCode)SignatureTypeKind.ValueType:
                Token();
                break;
            case SignatureTypeCode.RequiredModifier or SignatureTypeCode.OptionalModifier:
                Token();
                Type();
                break;
            case SignatureTypeCode.Pointer or SignatureTypeCode.ByReference or SignatureTypeCode.SZArray:
                Type();
                break;
            case SignatureTypeCode.GenericTypeInstance:
                Type();
                for (var left = Number(); left > 0; left--)
                    Type();
                break;
            case SignatureTypeCode.Array or SignatureTypeCode.FunctionPointer or SignatureTypeCode.GenericTypeParameter
                or SignatureTypeCode.GenericMethodParameter:
                throw new NotSupportedException($"a signature with a {code}");
        }
    }

    private void Token() =>
        output.WriteCompressedInteger(CodedIndex.TypeDefOrRefOrSpec(references.To(source, _bytes.ReadTypeHandle())));

    private int Number()
    {
        var number = _bytes.ReadCompressedInteger();
        output.WriteCompressedInteger(number);
        return number;
    }
}
