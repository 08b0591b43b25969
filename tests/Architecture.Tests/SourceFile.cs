using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests;

/// <summary>A C# file of the product, parsed.</summary>
sealed class SourceFile
{
    readonly SyntaxTree tree;

    SourceFile(string path)
    {
        FullPath = path;
        tree = CSharpSyntaxTree.ParseText(File.ReadAllText(path), new CSharpParseOptions(LanguageVersion.Latest), path);
    }

    public static IReadOnlyList<SourceFile> All { get; } = [.. Repository.SourceFiles("*.cs").Select(path => new SourceFile(path))];

    public string FullPath { get; }

    public CompilationUnitSyntax Syntax => tree.GetCompilationUnitRoot();

    public int LineCount => tree.GetText().Lines.Count;

    public IEnumerable<MemberDeclarationSyntax> TopLevelTypes
        => Syntax
            .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    public int Line(int position) => tree.GetText().Lines.GetLinePosition(position).Line + 1;

    public Finding Finding(int position, string what)
        => new($"{Path.GetRelativePath(Repository.Root, FullPath)}:{Line(position)}", what);
}
