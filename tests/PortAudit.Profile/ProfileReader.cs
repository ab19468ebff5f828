using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace PortAudit.Profile;

/// <summary>Reads from a profile of <see cref="ProfileWriter"/> of which methods it is.</summary>
internal static class ProfileReader
{
    /// <summary>Full names of the methods in the profile, with the length that their code had, in bytes.</summary>
    /// <exception cref="BadImageFormatException">The file is no profile of ours.</exception>
    public static List<(string Name, int IlLength)> Read(Stream profile)
    {
        using var file = new PEReader(profile);
        var metadata = file.GetMetadataReader();
        var methods = new List<(string, int)>();
        foreach (var handle in metadata.MethodDefinitions)
            ReadGroup(metadata, file.GetMethodBody(metadata.GetMethodDefinition(handle).RelativeVirtualAddress).GetILReader(), methods);
        return methods;
    }

    private static void ReadGroup(MetadataReader metadata, BlobReader code, List<(string, int)> methods)
    {
        var method = default(EntityHandle);
        var lengthFollows = false;
        while (code.RemainingBytes > 0)
        {
            var instruction = (ILOpCode)code.ReadByte();
            switch (instruction)
            {
                case ILOpCode.Ldtoken:
                    var token = MetadataTokens.EntityHandle(code.ReadInt32());
                    if (token.Kind == HandleKind.MemberReference)
                        method = token;
                    break;
                case ILOpCode.Ldstr:
                    lengthFollows = metadata.GetUserString((UserStringHandle)MetadataTokens.Handle(code.ReadInt32())) == ProfileWriter.IlLengthMark;
                    break;
                default:
                    var number = Number(instruction, ref code);
                    if (lengthFollows)
                        methods.Add((NameOf(metadata, (MemberReferenceHandle)method), number));
                    lengthFollows = false;
                    break;
            }
        }
    }

    private static int Number(ILOpCode instruction, ref BlobReader code) => instruction switch
    {
        >= ILOpCode.Ldc_i4_m1 and <= ILOpCode.Ldc_i4_8 => instruction - ILOpCode.Ldc_i4_0,
        ILOpCode.Ldc_i4_s => code.ReadSByte(),
        ILOpCode.Ldc_i4 => code.ReadInt32(),
        ILOpCode.Pop or ILOpCode.Ret => 0,
        _ => throw new BadImageFormatException($"a profile has no {instruction}"),
    };

    private static string NameOf(MetadataReader metadata, MemberReferenceHandle handle)
    {
        var method = metadata.GetMemberReference(handle);
        return $"{TypeNames.Of(metadata, (TypeReferenceHandle)method.Parent).Name}.{metadata.GetString(method.Name)}";
    }
}
